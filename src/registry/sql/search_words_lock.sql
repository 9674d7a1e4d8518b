-- One takes in names at a time, so that their numbers are in the order in which they become visible.
select pg_advisory_xact_lock(7236515, hashtext(current_schema()::text))
