-- The weights of some lines, locked in the order in which everybody locks lines; a line that has them is not written
with line as (
  select q.number, w.weight
  from unnest($2::bigint[], $3::smallint[]) as w(number, weight)
  join queue_line q on q.phonebank_id = $1 and q.number = w.number
  where q.state in ('ready', 'waiting', 'held')
    and ((q.priority % 100) + 100) % 100 <> w.weight
  order by q.number
  for update of q
)
update queue_line q
set priority = q.priority - ((q.priority % 100) + 100) % 100 + l.weight
from line l
where q.phonebank_id = $1 and q.number = l.number
