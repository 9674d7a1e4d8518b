-- The lines of these numbers, in the order in which everybody locks them.
select phonebank_id, number from queue_line where number = any($1::bigint[])
order by number, phonebank_id for update
