-- The next run may begin.
select pg_advisory_unlock(7236516, hashtext(current_schema()::text))
