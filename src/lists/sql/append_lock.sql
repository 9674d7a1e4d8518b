-- One writer of a list's later members at a time
select 1 from list where list_id = $1 for update
