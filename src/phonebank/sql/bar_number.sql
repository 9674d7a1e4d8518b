-- A number that must not be called, in every phone bank; a line that is held is barred when its lease ends
with hit as (
  select phonebank_id from queue_line where number = $1 order by phonebank_id for update
)
update queue_line q
set state = case when q.state = 'held' then 'held' else 'barred' end,
    reason = $2, promised = false, callback_for = null
from hit
where q.phonebank_id = hit.phonebank_id and q.number = $1 and q.state <> 'done'
