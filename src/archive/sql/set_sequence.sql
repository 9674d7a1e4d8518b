-- Puts a sequence where it was.
select setval($1::regclass, $2, $3)
