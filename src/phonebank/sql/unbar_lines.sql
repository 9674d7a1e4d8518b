-- Lines that have an open voter again
with hit as (
  select q.phonebank_id, q.number
  from unnest($1::bigint[], $2::bigint[]) as l(phonebank_id, number)
  join queue_line q on q.phonebank_id = l.phonebank_id and q.number = l.number
  where q.reason = $3 and q.state in ('barred', 'held')
  order by q.number, q.phonebank_id
  for update of q
)
update queue_line q
set state = case when q.state = 'held' then 'held' else 'waiting' end, reason = null
from hit
where q.phonebank_id = hit.phonebank_id and q.number = hit.number
