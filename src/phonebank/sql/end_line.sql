-- What becomes of a line after a call
update queue_line
set state = $3, reason = $4, not_before = $5, promised = $6, callback_for = $7,
    lease_id = null, held_by = null, lease_until = null, skipped_by = null
where phonebank_id = $1 and number = $2
