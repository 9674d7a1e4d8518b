-- Many may fill at once; nobody is erased meanwhile (rights), who would come back with the queue
select pg_advisory_xact_lock_shared(7236520, hashtext(current_schema()::text))
