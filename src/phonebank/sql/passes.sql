-- A phone bank's lines by how often they were tried
select attempts, count(*), count(*) filter (where state in ('ready', 'waiting', 'held'))
from queue_line where phonebank_id = $1
group by attempts
order by attempts
