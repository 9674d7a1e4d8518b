-- In which zones a held line lies
select zone_set_id from queue_line where held_by = $2 and lease_id = $1 and state = 'held'
