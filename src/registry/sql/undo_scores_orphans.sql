-- Scores of identities that have no record left, and how many each import loses.
with gone as (
  delete from score_run s using undo_lost u
  where s.bucket = u.bucket and s.voter_id = u.voter_id and s.home_id = u.home_id
  returning s.import_id
)
select import_id, count(*) from gone group by import_id order by import_id
