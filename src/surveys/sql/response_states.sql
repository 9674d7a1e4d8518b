-- What became of the voters whom phone banks were to ask a question, one phone bank or all in which somebody answered it
with bank as materialized (
  select p.phonebank_id from phonebank p
  where p.phonebank_id = $2::bigint
     or ($2::bigint is null and exists (
       select 1 from answer a where a.question_id = $1 and a.phonebank_id = p.phonebank_id))
), target as (
  select distinct t.bucket, t.voter_id
  from call_target t join bank b on b.phonebank_id = t.phonebank_id
), said as (
  select a.bucket, a.voter_id, bool_or(a.question_id = $1 and not a.declined) as answered
  from answer a join bank b on b.phonebank_id = a.phonebank_id
  group by a.bucket, a.voter_id
), tried as (
  select c.bucket, c.voter_id, array_agg(distinct c.disposition) as results
  from contact_attempt c join bank b on b.phonebank_id = c.phonebank_id
  group by c.bucket, c.voter_id
)
select case when s.answered then 'complete' when s.voter_id is not null then 'partial'
            when r.results && '{refused,do_not_call,reached,voted_already}' then 'refused'
            when r.results && '{language}' then 'other'
            when r.results && '{deceased,moved,wrong_number,disconnected}' then 'ineligible'
            when r.results && '{left_message,not_home,callback}' then 'no_contact'
            when r.voter_id is not null then 'unknown' else 'not_tried' end as state, count(*)
from target t
left join said s on s.bucket = t.bucket and s.voter_id = t.voter_id
left join tried r on r.bucket = t.bucket and r.voter_id = t.voter_id
group by state
