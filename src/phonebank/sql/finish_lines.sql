-- Lines whose last voter was reached by a result that came late
update queue_line q
set state = 'done', reason = $3, promised = false, callback_for = null
from unnest($1::bigint[], $2::bigint[]) as l(phonebank_id, number)
where q.phonebank_id = l.phonebank_id and q.number = l.number and q.state in ('ready', 'waiting')
