-- The persons whose profiles are to be written anew in this transaction.
create temporary table if not exists person_set (
  bucket smallint not null, voter_id bigint not null, primary key (bucket, voter_id)
) on commit delete rows
