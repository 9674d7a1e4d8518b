-- The newest word of a person counts, whichever identity it was said of; of two at one moment the withdrawal.
insert into consent (bucket, voter_id, purpose, channel, state, source, evidence, at)
select distinct on (e.bucket, e.voter_id, e.purpose, e.channel)
  e.bucket, e.voter_id, e.purpose, e.channel, e.state, e.source, e.evidence, e.at
from (
  select from_bucket as bucket, from_id as voter_id from person_move
  union
  select to_bucket, to_id from person_move
) p
join consent_event e on e.bucket = p.bucket and e.voter_id = p.voter_id
order by e.bucket, e.voter_id, e.purpose, e.channel, e.at desc, e.state = 'withdrawn' desc,
  e.event_id desc
