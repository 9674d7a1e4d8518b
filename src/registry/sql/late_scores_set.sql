-- Scores of a run go to the person of now.
with gone as (
  delete from score_run s using person_late p
  where s.import_id = $1 and s.home_id = p.home_id
  returning p.bucket, p.voter_id, s.home_id, s.import_id, s.support, s.turnout, s.persuadability,
    s.other
)
insert into score_run (
  bucket, voter_id, home_id, import_id, support, turnout, persuadability, other
)
select bucket, voter_id, home_id, import_id, support, turnout, persuadability, other from gone
