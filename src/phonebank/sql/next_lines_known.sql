-- The lines of a phone bank to these numbers, locked in the order in which everybody locks lines
select number from queue_line
where phonebank_id = $1 and number = any($2::bigint[])
order by number
for update
