-- The scores of the identities that have another person now.
with gone as (
  delete from score_run s using person_move m
  where s.bucket = m.from_bucket and s.voter_id = m.from_id and s.home_id = m.home_id
  returning m.to_bucket, m.to_id, s.home_id, s.import_id, s.support, s.turnout, s.persuadability,
    s.other
)
insert into score_run (
  bucket, voter_id, home_id, import_id, support, turnout, persuadability, other
)
select to_bucket, to_id, home_id, import_id, support, turnout, persuadability, other from gone
