-- A caller is there, perhaps on a break
insert into caller_shift (person_id, phonebank_id, joined_at, last_seen_at, resting)
select $2, p.phonebank_id, m.at, m.at, $4
from phonebank p, (select coalesce($1::timestamptz, clock_timestamp()) as at) m
where p.phonebank_id = $3
on conflict (phonebank_id, person_id) do update
set last_seen_at = excluded.last_seen_at, left_at = null, resting = excluded.resting
