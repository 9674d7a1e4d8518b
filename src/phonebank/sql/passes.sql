-- A phone bank's lines by how often they were tried
-- (each state has an index of its own)
select attempts, count(*), count(*) filter (where is_open)
from (
  select attempts, true as is_open from queue_line where phonebank_id = $1 and state = 'ready'
  union all
  select attempts, true from queue_line where phonebank_id = $1 and state = 'waiting'
  union all
  select attempts, true from queue_line where phonebank_id = $1 and state = 'held'
  union all
  select attempts, false from queue_line
  where phonebank_id = $1 and state in ('done', 'barred')
) q
group by attempts
order by attempts
