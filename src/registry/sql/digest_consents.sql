-- Words on consent by the voter's identity.
copy (
  select v.source, v.external_id, c.purpose, c.channel, c.state, c.source, c.evidence
  from consent c join voter v on v.bucket = c.bucket and v.voter_id = c.voter_id
) to stdout
