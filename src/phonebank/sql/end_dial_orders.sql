-- How calls have ended
update dial_order d
set ended_at = e.at, outcome = e.outcome, state = 'ended', state_at = e.at,
    moved_at = coalesce($4::timestamptz, clock_timestamp())
from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as e(lease_id, outcome, at)
where d.lease_id = e.lease_id and d.ended_at is null
