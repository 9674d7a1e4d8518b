-- Calls and conversations of each minute that had any
select date_trunc('minute', at) as minute, count(*), count(*) filter (where spoken)
from call_result
where phonebank_id = $1 and at >= $2
group by minute
order by minute
