-- Lines that are not shown after all: their calling window closed between pick and showing, or nobody is left to reach
update queue_line q
set state = case when b.is_complete then 'done' else 'ready' end,
    reason = case when b.is_complete then 'complete' end,
    attempts = attempts - 1, lease_id = null, held_by = null, lease_until = null
from unnest($2::bigint[], $3::boolean[]) as b(number, is_complete)
where q.phonebank_id = $1 and q.number = b.number and q.state = 'held'
