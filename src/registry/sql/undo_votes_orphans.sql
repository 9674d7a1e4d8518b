-- Votes of identities that have no record left, and how many each import loses.
with gone as (
  delete from vote t using undo_lost u
  where t.bucket = u.bucket and t.voter_id = u.voter_id and t.home_id = u.home_id
  returning t.import_id
)
select import_id, count(*) from gone group by import_id order by import_id
