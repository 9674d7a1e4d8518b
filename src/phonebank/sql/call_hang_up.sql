-- A caller hangs up a call that another process makes; it looks for such every half second
update dial_order set hang_up = true
where lease_id = $1 and caller_id = $2 and ended_at is null and serve_id is not null
