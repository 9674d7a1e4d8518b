-- Acknowledged results that are not there as they were sent
with of_lease as (
  select a.lease_id, count(*) as attempts, count(distinct a.voter_id) as voters
  from contact_attempt a
  group by a.lease_id
),
answered as (
  select t.lease_id, count(*) as answers
  from answer w
  join contact_attempt t on t.bucket = w.bucket and t.attempt_id = w.attempt_id
  group by t.lease_id
)
select count(*)
from said s
left join call_result r on r.result_key = s.result_key and r.lease_id = s.lease_id
left join of_lease a on a.lease_id = s.lease_id
left join answered w on w.lease_id = s.lease_id
where s.is_acknowledged
  and (r.result_key is null or coalesce(a.voters, 0) < s.voters
       or coalesce(w.answers, 0) < s.answers)
