-- A phone bank's lines by state, zones and reason
-- (each state has an index of its own)
select state, zone_set_id, reason, promised, count(*)
from (
  select state, zone_set_id, reason, promised from queue_line
  where phonebank_id = $1 and state = 'ready'
  union all
  select state, zone_set_id, reason, promised from queue_line
  where phonebank_id = $1 and state = 'waiting'
  union all
  select state, zone_set_id, reason, promised from queue_line
  where phonebank_id = $1 and state = 'held'
  union all
  select state, zone_set_id, reason, promised from queue_line
  where phonebank_id = $1 and state in ('done', 'barred')
) q
group by state, zone_set_id, reason, promised
