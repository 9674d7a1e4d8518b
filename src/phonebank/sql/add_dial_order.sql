-- A call is about to be ordered: once for each lease
insert into dial_order (lease_id, caller_id, driver, ordered_at)
values ($1, $2, $3, $4)
on conflict (lease_id) do nothing
