-- What becomes of a line after a changed result
update queue_line
set state = $3, reason = $4, not_before = $5, promised = $6, callback_for = $7
where phonebank_id = $1 and number = $2 and state <> 'held'
