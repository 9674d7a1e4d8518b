-- Identities that a file lacks, with the last import that had them.
create temporary table if not exists absent_stage (
  bucket smallint not null, home_id bigint not null, last_import bigint not null
) on commit delete rows
