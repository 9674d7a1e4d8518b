-- One archive of a schema at a time; false if another is being written. Ends with the connection.
select pg_try_advisory_lock(hashtext('hustings.archive:' || current_schema()))
