-- A new phone bank, paused until somebody opens it
insert into phonebank (name, list_id, script_id, state, retry_seconds, lease_seconds, attempts_max,
                       opens_minute, closes_minute, created_by, created_at, country,
                       state_hours, consent, mobile_pattern, busy_seconds, message_seconds,
                       whole_passes, arm, follows, followed_to,
                       next_at_once)
values ($1, $2, $3, 'paused', $4, $5, $6, $7, $8, $9, $10, nullif($11, ''),
        $12, $13, $14, $15, $16, $17, $18, $19,
        (select coalesce(max(m.joined_at), 0) from list_member m
         where m.list_id = $2 and m.joined_at is not null), $20)
returning phonebank_id
