-- From each caller's result to the next number that the caller called: how long that took
with call as (
  select r.caller_id, r.at, a.shown_at
  from call_result r
  join line_attempt a on a.lease_id = r.lease_id
  where r.phonebank_id = $1 and r.at >= $2
),
wait as (
  select extract(epoch from shown_at
                 - lag(at) over (partition by caller_id order by shown_at, at))::float8 as seconds
  from call
)
select count(*),
       coalesce(percentile_cont(0.5) within group (order by seconds), 0),
       coalesce(percentile_cont(0.95) within group (order by seconds), 0),
       coalesce(max(seconds), 0)
from wait where seconds between 0 and $3::float8
