-- What became of the voters whom phone banks and web forms were to ask a question: one phone bank, or all phone banks and forms by which somebody answered it. A voter of several counts once, by what went furthest
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
), web_form as materialized (
  select f.form_id from form f
  where $2::bigint is null and exists (
    select 1 from answer a
    where a.question_id = $1 and a.channel = 'web' and a.actor = 'form:' || f.form_id)
), linked as (
  select coalesce(l.bucket, k.bucket) as bucket, coalesce(l.voter_id, k.voter_id) as voter_id,
    k.form_id, k.opened_at, k.saved_at, k.done_at
  from form_link k join web_form w on w.form_id = k.form_id
  left join link l on l.home_id = k.voter_id
), sent as (
  select distinct a.bucket, a.voter_id, a.actor
  from answer a join web_form w on a.actor = 'form:' || w.form_id
  where a.question_id = $1 and a.channel = 'web' and not a.declined
), state as (
  select t.bucket, t.voter_id,
    case when s.answered then 'complete' when s.voter_id is not null then 'partial'
         when r.results && '{refused,do_not_call,reached,voted_already}' then 'refused'
         when r.results && '{language}' then 'other'
         when r.results && '{deceased,moved,wrong_number,disconnected}' then 'ineligible'
         when r.results && '{left_message,not_home,callback}' then 'no_contact'
         when r.voter_id is not null then 'unknown' else 'not_tried' end as state
  from target t
  left join said s on s.bucket = t.bucket and s.voter_id = t.voter_id
  left join tried r on r.bucket = t.bucket and r.voter_id = t.voter_id
  union all
  -- AAPOR of internet surveys of named persons: opened and nothing answered is a refusal, and of
  -- whom nothing came back nobody knows whether the link was read.
  select k.bucket, k.voter_id,
    case when s.voter_id is not null then 'complete'
         when k.saved_at is not null or k.done_at is not null then 'partial'
         when k.opened_at is not null then 'refused' else 'unknown' end
  from linked k
  left join sent s on s.bucket = k.bucket and s.voter_id = k.voter_id
    and s.actor = 'form:' || k.form_id
), furthest as (
  select distinct on (x.bucket, x.voter_id) x.bucket, x.voter_id, x.state
  from state x
  order by x.bucket, x.voter_id, array_position(
    '{complete,partial,refused,other,ineligible,no_contact,unknown,not_tried}'::text[], x.state)
)
select f.state, count(*) from furthest f group by f.state
