-- One change of the saved segments at a time, to the end of the transaction: two that name each other must not both be saved.
select pg_advisory_xact_lock(7236515)
