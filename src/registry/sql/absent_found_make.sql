-- Identities that are absent, by the person they belong to.
create temporary table if not exists absent_found (
  bucket smallint not null, home_id bigint not null, voter_id bigint not null,
  import_id bigint not null
) on commit delete rows
