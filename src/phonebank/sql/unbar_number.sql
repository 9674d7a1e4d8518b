-- The bar on a number has ended: its lines wait for what they waited for before
with hit as (
  select phonebank_id from queue_line
  where number = $1 and reason = $2 and state in ('barred', 'held')
  order by phonebank_id for update
)
update queue_line q
set state = case when q.state = 'held' then 'held' else 'waiting' end, reason = null
from hit
where q.phonebank_id = hit.phonebank_id and q.number = $1 and q.reason = $2
