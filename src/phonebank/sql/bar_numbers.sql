-- Numbers that must not be called, in every phone bank; a line that is held is barred when its lease ends
with hit as (
  select phonebank_id, number from queue_line where number = any($1)
  order by number, phonebank_id for update
)
update queue_line q
set state = case when q.state = 'held' then 'held' else 'barred' end,
    reason = $2, promised = false, callback_for = null
from hit
where q.phonebank_id = hit.phonebank_id and q.number = hit.number and q.state <> 'done'
