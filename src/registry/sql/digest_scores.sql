-- The visible scores of every voter.
copy (
  select v.source, v.external_id, s.support, s.turnout, s.persuadability, s.other
  from voter_score s join voter v on v.bucket = s.bucket and v.voter_id = s.voter_id
) to stdout
