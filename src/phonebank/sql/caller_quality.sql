-- Signs of how each caller's calls went: how long they took, how many were given up before it can have rung, what was changed
with call as (
  select r.result_key, r.lease_id, r.caller_id, r.spoken, r.response,
         extract(epoch from r.at - a.shown_at)::float8 as seconds,
         exists (select 1 from suppression s
                 where s.source = 'call' and s.actor = 'person:' || r.caller_id
                   and s.number = a.number and s.at >= a.shown_at) as barring
  from call_result r
  join line_attempt a on a.lease_id = r.lease_id
  where r.phonebank_id = $1
)
select c.caller_id, p.name, count(*), count(*) filter (where c.spoken),
       percentile_cont(0.5) within group (order by c.seconds),
       count(*) filter (where not c.spoken and c.seconds < $2::int),
       count(*) filter (where not c.spoken), count(*) filter (where c.barring),
       count(*) filter (where (c.response ->> 'late')::boolean),
       count(*) filter (where exists (
         select 1 from result_change x where x.result_key = c.result_key))
from call c
join person p on p.person_id = c.caller_id
group by c.caller_id, p.name
order by count(*) desc, c.caller_id
limit $3
