-- A new phone bank, paused until somebody opens it
insert into phonebank (name, list_id, script_id, state, retry_seconds, lease_seconds, attempts_max,
                       opens_minute, closes_minute, created_by, created_at, country,
                       state_hours, consent, mobile_pattern, busy_seconds, message_seconds,
                       whole_passes)
values ($1, $2, $3, 'paused', $4, $5, $6, $7, $8, $9, $10, nullif($11, ''),
        $12, $13, $14, $15, $16, $17)
returning phonebank_id
