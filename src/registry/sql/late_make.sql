-- Identities that were joined or split while an import read its file, with their person of now.
create temporary table if not exists person_late (
  bucket smallint not null, voter_id bigint not null, home_id bigint primary key
) on commit delete rows
