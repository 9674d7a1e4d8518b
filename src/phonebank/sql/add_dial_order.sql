-- A call is about to be ordered: once for each lease; a process that makes it itself says so ($5)
insert into dial_order (lease_id, caller_id, driver, ordered_at, serve_id, state, state_at, moved_at)
values ($1, $2, $3, $4, $5, 'asked', $4, case when $5::bigint is not null then $4::timestamptz end)
on conflict (lease_id) do nothing
