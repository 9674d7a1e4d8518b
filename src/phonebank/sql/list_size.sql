-- How many voters of a list have a phone; no row if there is no such list
select with_phone from list where list_id = $1
