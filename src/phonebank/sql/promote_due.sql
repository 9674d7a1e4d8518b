-- Lines whose time has come are ready again, with the weight that the lead's wishes gave them, behind lines of earlier passes if those come first; a few at a time, so that no claim pays for thousands
with due as (
  select number from queue_line
  where phonebank_id = $1 and state = 'waiting' and not_before <= $2
  order by not_before
  limit $3
  for update skip locked
)
update queue_line q
set state = 'ready', priority = case
  when (select p.whole_passes from phonebank p where p.phonebank_id = $1)
  then ((q.priority % 100) + 100) % 100 - 100 * least(q.attempts, 300)
  else q.priority end
from due
where q.phonebank_id = $1 and q.number = due.number
