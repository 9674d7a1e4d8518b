-- The words on consent of the identities that have another person now.
with gone as (
  delete from consent_event e using person_move m
  where e.bucket = m.from_bucket and e.voter_id = m.from_id and e.home_id = m.home_id
  returning m.to_bucket, m.to_id, e.event_id, e.home_id, e.purpose, e.channel, e.state, e.source,
    e.evidence, e.actor, e.at, e.recorded_at
)
insert into consent_event (
  bucket, event_id, voter_id, home_id, purpose, channel, state, source, evidence, actor, at,
  recorded_at
)
select to_bucket, event_id, to_id, home_id, purpose, channel, state, source, evidence, actor, at,
       recorded_at
from gone
