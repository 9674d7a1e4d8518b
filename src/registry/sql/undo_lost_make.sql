-- Identities that have no record left, with the person they belong to.
create temporary table if not exists undo_lost (
  bucket smallint not null, voter_id bigint not null, home_id bigint not null,
  primary key (bucket, voter_id, home_id)
) on commit delete rows
