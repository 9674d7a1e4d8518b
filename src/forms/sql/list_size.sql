-- How many voters a list has
select size from list where list_id = $1
