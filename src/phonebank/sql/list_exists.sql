-- Whether there is such a list
select 1 from list where list_id = $1
