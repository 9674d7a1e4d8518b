-- Lines that the second look refused, before anybody saw their numbers
update queue_line q
set state = 'barred', reason = b.reason, attempts = attempts - 1, lease_id = null, held_by = null,
    lease_until = null, promised = false, callback_for = null
from unnest($2::bigint[], $3::text[]) as b(number, reason)
where q.phonebank_id = $1 and q.number = b.number and q.state = 'held'
