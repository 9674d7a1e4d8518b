-- The last step of a writing transaction: whoever holds this draws positions and commits, so that positions are in commit order.
select pg_advisory_xact_lock(7236514001)
