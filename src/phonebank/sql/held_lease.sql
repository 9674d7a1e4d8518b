-- The line that a caller holds
select lease_id, lease_until, reason from queue_line where held_by = $1 and state = 'held'
