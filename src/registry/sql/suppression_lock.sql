-- One at a time for the same number and voter, to the end of the transaction.
select pg_advisory_xact_lock(hashtextextended($1::bigint || '/' || $2::bigint, 7236514))
