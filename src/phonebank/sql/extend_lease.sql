-- A call that goes on: the lease ends later, but never later than its cap
update queue_line set lease_until = greatest(lease_until, $2)
where held_by = $3 and lease_id = $1 and state = 'held'
