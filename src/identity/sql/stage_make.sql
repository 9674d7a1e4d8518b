-- The pairs that a run wants to join, by their number.
create temporary table if not exists match_stage (
  ordinal int not null, bucket_a smallint not null, voter_a bigint not null,
  bucket_b smallint not null, voter_b bigint not null
) on commit delete rows
