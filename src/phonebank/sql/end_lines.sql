-- What becomes of lines after their calls
update queue_line q
set state = e.state, reason = e.reason, not_before = e.not_before, promised = e.promised,
    callback_for = e.callback_for, lease_id = null, held_by = null, lease_until = null,
    skipped_by = null
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::boolean[],
            $7::bigint[])
  as e(phonebank_id, number, state, reason, not_before, promised, callback_for)
where q.phonebank_id = e.phonebank_id and q.number = e.number
