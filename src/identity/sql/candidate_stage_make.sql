-- The pairs that a run wants to ask about.
create temporary table if not exists match_candidate_stage (
  home_a bigint not null, home_b bigint not null,
  bucket_a smallint not null, bucket_b smallint not null,
  probability real not null, bits jsonb not null, same_source boolean not null
) on commit delete rows
