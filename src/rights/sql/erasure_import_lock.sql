-- No import may run meanwhile, which holds what it has read of the person in memory, and no phone bank be filled, which reads the list once.
select pg_try_advisory_xact_lock(7236514, hashtext(current_schema()::text))
       and pg_try_advisory_xact_lock(7236520, hashtext(current_schema()::text))
