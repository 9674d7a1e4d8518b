-- Calls and conversations of each hour that had any
select date_trunc('hour', at) as hour, count(*), count(*) filter (where spoken)
from call_result
where phonebank_id = $1 and at >= $2
group by hour
order by hour
