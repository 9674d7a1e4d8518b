-- Corrections that hold, of voters who are there.
copy (
  select v.source, v.external_id, c.fields, c.actor
  from correction c join voter v on v.bucket = c.bucket and v.voter_id = c.voter_id
  where c.ended_at is null
) to stdout
