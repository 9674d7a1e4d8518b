-- A new phone bank, paused until somebody opens it
insert into phonebank (name, list_id, script_id, state, retry_seconds, lease_seconds, attempts_max,
                       opens_minute, closes_minute, created_by, created_at)
values ($1, $2, $3, 'paused', $4, $5, $6, $7, $8, $9, $10)
returning phonebank_id
