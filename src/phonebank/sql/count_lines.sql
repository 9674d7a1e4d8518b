-- A phone bank's lines by state, zones and reason
select state, zone_set_id, reason, promised, count(*)
from queue_line where phonebank_id = $1
group by state, zone_set_id, reason, promised
