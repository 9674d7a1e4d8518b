-- A run keeps all its rows, the last one of an identity; and what is visible: its scores over the older ones, score by score.
with kept as (
  insert into score_run (
    bucket, voter_id, home_id, import_id, support, turnout, persuadability, other
  )
  select distinct on (bucket, voter_id, home_id)
    bucket, voter_id, home_id, $1::bigint, support, turnout, persuadability, other
  from score_stage
  order by bucket, voter_id, home_id, line desc
  returning bucket, voter_id, support, turnout, persuadability, other
), written as (
  insert into voter_score (bucket, voter_id, import_id, support, turnout, persuadability, other)
  select bucket, voter_id, $1::bigint, max(support), max(turnout), max(persuadability),
         (array_agg(other) filter (where other is not null))[1]
  from kept
  group by bucket, voter_id
  order by bucket, voter_id
  on conflict (bucket, voter_id) do update
  set import_id = excluded.import_id,
      support = coalesce(excluded.support, voter_score.support),
      turnout = coalesce(excluded.turnout, voter_score.turnout),
      persuadability = coalesce(excluded.persuadability, voter_score.persuadability),
      other = coalesce(voter_score.other || excluded.other, excluded.other, voter_score.other)
  where (voter_score.support, voter_score.turnout, voter_score.persuadability, voter_score.other)
    is distinct from (coalesce(excluded.support, voter_score.support),
                      coalesce(excluded.turnout, voter_score.turnout),
                      coalesce(excluded.persuadability, voter_score.persuadability),
                      coalesce(voter_score.other || excluded.other, excluded.other,
                               voter_score.other))
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new), count(*) filter (where not is_new) from written
