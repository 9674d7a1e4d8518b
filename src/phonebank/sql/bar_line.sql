-- A line that the second look refused, before anybody saw its number
update queue_line
set state = 'barred', reason = $3, attempts = attempts - 1, lease_id = null, held_by = null,
    lease_until = null, promised = false, callback_for = null
where phonebank_id = $1 and number = $2 and state = 'held'
