-- Forgets attempts whose numbers nobody saw
delete from line_attempt where lease_id = any($1::bigint[])
