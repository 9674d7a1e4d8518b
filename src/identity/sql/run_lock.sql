-- One run at a time in a database; held by the running connection, gone with it.
select pg_try_advisory_lock(7236516, hashtext(current_schema()::text))
