-- Lines that have lost their last open voter: barred, or done if another voter was reached
with hit as (
  select q.phonebank_id, q.number,
         exists (select 1 from call_target t where t.phonebank_id = q.phonebank_id
                 and t.number = q.number and t.state = 'done') as has_done
  from unnest($1::bigint[], $2::bigint[]) as l(phonebank_id, number)
  join queue_line q on q.phonebank_id = l.phonebank_id and q.number = l.number
  where q.state in ('ready', 'waiting', 'held')
    and not exists (select 1 from call_target t where t.phonebank_id = q.phonebank_id
                    and t.number = q.number and t.state = 'open')
  order by q.number, q.phonebank_id
  for update of q
)
update queue_line q
set state = case when q.state = 'held' then 'held' when hit.has_done then 'done' else 'barred' end,
    reason = case when q.state <> 'held' and hit.has_done then 'complete' else $3 end,
    promised = false, callback_for = null
from hit
where q.phonebank_id = hit.phonebank_id and q.number = hit.number
