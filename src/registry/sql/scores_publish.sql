-- The last row of a voter wins; scores that are equal are left alone.
with written as (
  insert into voter_score (bucket, voter_id, import_id, support, turnout, persuadability)
  select distinct on (bucket, voter_id)
    bucket, voter_id, $1::bigint, support, turnout, persuadability
  from score_stage
  order by bucket, voter_id, line desc
  on conflict (bucket, voter_id) do update
  set import_id = excluded.import_id, support = excluded.support, turnout = excluded.turnout,
      persuadability = excluded.persuadability
  where (voter_score.support, voter_score.turnout, voter_score.persuadability)
    is distinct from (excluded.support, excluded.turnout, excluded.persuadability)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new), count(*) filter (where not is_new) from written
