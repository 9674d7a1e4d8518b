-- How calls stand now, for processes that do not make them
update dial_order d
set state = e.state, state_at = e.at, moved_at = coalesce($4::timestamptz, clock_timestamp())
from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as e(lease_id, state, at)
where d.lease_id = e.lease_id and d.ended_at is null
