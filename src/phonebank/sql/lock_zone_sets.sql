-- One process at a time numbers new sets of zones
select pg_advisory_xact_lock(7236520)
