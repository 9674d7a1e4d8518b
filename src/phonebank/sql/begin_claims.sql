-- What claims start from: the moment, the phone bank, the line that a caller holds already; notes that the callers are there
with moment as (select coalesce($1::timestamptz, clock_timestamp()) as at),
asker as (
  select a.person_id, a.phonebank_id, a.place
  from unnest($2::bigint[], $3::bigint[]) with ordinality as a(person_id, phonebank_id, place)
),
seen as (
  insert into caller_shift (person_id, phonebank_id, joined_at, last_seen_at)
  select a.person_id, p.phonebank_id, m.at, m.at
  from moment m, asker a
  join phonebank p on p.phonebank_id = a.phonebank_id
  where not exists (
    select 1 from caller_shift s
    where s.phonebank_id = a.phonebank_id and s.person_id = a.person_id
      and s.left_at is null and s.last_seen_at >= m.at - interval '15 seconds' offset 0)
  order by p.phonebank_id, a.person_id
  on conflict (phonebank_id, person_id) do update
  set last_seen_at = greatest(caller_shift.last_seen_at, excluded.last_seen_at), left_at = null
)
select a.place - 1, m.at, p.state, p.retry_seconds, p.lease_seconds, p.attempts_max,
       p.opens_minute, p.closes_minute, h.lease_id, h.phonebank_id, h.number, h.epoch,
       h.lease_until, h.reason
from moment m
cross join asker a
join phonebank p on p.phonebank_id = a.phonebank_id
left join lateral (
  select * from queue_line q where q.held_by = a.person_id and q.state = 'held' offset 0
) h on true
