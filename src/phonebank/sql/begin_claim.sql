-- What a claim starts from: the moment, the phone bank, the line this caller holds already; notes that the caller is there
with moment as (select coalesce($1::timestamptz, clock_timestamp()) as at),
seen as (
  insert into caller_shift (person_id, phonebank_id, joined_at, last_seen_at)
  select $3, p.phonebank_id, m.at, m.at from moment m, phonebank p where p.phonebank_id = $2
  on conflict (phonebank_id, person_id) do update
  set last_seen_at = excluded.last_seen_at, left_at = null
  where caller_shift.last_seen_at < excluded.last_seen_at - interval '15 seconds'
     or caller_shift.left_at is not null
)
select m.at, p.state, p.retry_seconds, p.lease_seconds, p.attempts_max, p.opens_minute,
       p.closes_minute, h.lease_id, h.phonebank_id, h.number, h.epoch, h.lease_until, h.reason
from moment m
join phonebank p on p.phonebank_id = $2
left join queue_line h on h.held_by = $3 and h.state = 'held'
