-- The persons whom the ids name, with the identity that each id is of.
create temporary table if not exists id_found (
  external_id text not null, bucket smallint not null, voter_id bigint not null,
  home_id bigint not null
) on commit delete rows
