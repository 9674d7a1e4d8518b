-- One import runs at a time in a database; held by the importing connection, gone with it.
select pg_try_advisory_lock(7236514, hashtext(current_schema()::text))
