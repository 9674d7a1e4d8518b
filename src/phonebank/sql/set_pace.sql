-- New times of a phone bank
update phonebank
set retry_seconds = $2, busy_seconds = $3, message_seconds = $4, lease_seconds = $5,
    attempts_max = $6, opens_minute = $7, closes_minute = $8, whole_passes = $9,
    next_at_once = $10
where phonebank_id = $1
