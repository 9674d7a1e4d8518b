-- Bars on contact by number, or by the voter's identity.
copy (
  select s.number, v.source, v.external_id, s.reason, s.source, s.actor, s.ended_at is null
  from suppression s left join voter v on v.voter_id = s.voter_id
  where s.number is not null or v.voter_id is not null
) to stdout
