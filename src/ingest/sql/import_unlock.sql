-- The next import may run.
select pg_advisory_unlock(7236514, hashtext(current_schema()::text))
