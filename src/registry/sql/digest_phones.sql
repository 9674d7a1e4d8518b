-- The numbers of every voter.
copy (
  select v.source, v.external_id, p.number, p.status
  from phone p join voter v on v.bucket = p.bucket and v.voter_id = p.voter_id
) to stdout
