-- Lines that have an open voter again, also where the line's reason is another of its voters'; the second look judges the number itself
with hit as (
  select q.phonebank_id, q.number
  from unnest($1::bigint[], $2::bigint[]) as l(phonebank_id, number)
  join queue_line q on q.phonebank_id = l.phonebank_id and q.number = l.number
  where q.state in ('barred', 'held') and (q.reason = $3 or (q.state = 'barred' and exists (
    select 1 from call_target t
    where t.phonebank_id = q.phonebank_id and t.number = q.number and t.state = 'barred'
      and t.reason = q.reason)))
  order by q.number, q.phonebank_id
  for update of q
)
update queue_line q
set state = case when q.state = 'held' then 'held' else 'waiting' end, reason = null
from hit
where q.phonebank_id = hit.phonebank_id and q.number = hit.number
