-- A phone bank's lines by weight, the highest first
select ((priority % 100) + 100) % 100 as weight, count(*),
       count(*) filter (where state in ('ready', 'waiting', 'held'))
from queue_line where phonebank_id = $1
group by weight
order by weight desc
