-- Persons are going to be joined, split or removed: whoever holds all of them ends first, whoever comes later holds each.
select pg_advisory_xact_lock(7236521, hashtext(current_schema()::text))
