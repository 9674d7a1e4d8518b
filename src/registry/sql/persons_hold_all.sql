-- Whether nobody is joined, split or removed before this transaction ends; false: somebody is just now.
select pg_try_advisory_xact_lock_shared(7236521, hashtext(current_schema()::text))
