-- What bars the targets of everybody who was joined or split, as the second look would see it; and of a person's lines in a phone bank only one is to be called, none once the person was reached
with person as materialized (
  select from_bucket as bucket, from_id as voter_id from person_move
  union
  select to_bucket, to_id from person_move
), target as materialized (
  select t.phonebank_id, t.number, t.voter_id, t.home_id, t.state, q.state = 'held' as is_held,
         q.promised, q.ordinal, t.number = v.phone as is_best,
         exists (select 1 from suppression s
                 where s.number = t.number and s.ended_at is null
                   and s.reason in ('wrong_number', 'disconnected')) as is_wrong,
         case when v.protected then 'protected' else coalesce(
           (select s.reason from suppression s
            where s.voter_id = v.voter_id and s.ended_at is null
            order by s.at desc limit 1),
           (select 'consent_withdrawn' from consent c
            where c.bucket = v.bucket and c.voter_id = v.voter_id
              and c.purpose = 'campaign' and c.channel = 'phone' and c.state = 'withdrawn'),
           case when (b.consent = 'all'
                      or (b.consent = 'mobile' and t.number::text ~ b.mobile_pattern))
             and not exists (
               select 1 from consent c
               where c.bucket = v.bucket and c.voter_id = v.voter_id
                 and c.purpose = 'campaign' and c.channel = 'phone' and c.state = 'given')
           then 'no_consent' end,
           case when v.status in ('removed', 'denied') then v.status end,
           case when not exists (
             select 1 from phone h
             where h.bucket = v.bucket and h.voter_id = v.voter_id and h.number = t.number)
           then 'number_changed' end,
           (select 'holdout' from (
              select v.bucket, v.voter_id
              union all
              select k.home_bucket, k.home_id from link k
              where k.bucket = v.bucket and k.voter_id = v.voter_id) i
            join list_member x
              on x.list_id = b.list_id and x.bucket = i.bucket and x.voter_id = i.voter_id
            where x.arm = 0 limit 1),
           case when t.reason = 'left_segment' then t.reason end) end as bar
  from person p
  join voter v on v.bucket = p.bucket and v.voter_id = p.voter_id
  join call_target t on t.voter_id = v.voter_id
  join phonebank b on b.phonebank_id = t.phonebank_id
  join queue_line q on q.phonebank_id = t.phonebank_id and q.number = t.number
), judged as (
  select *, bool_or(state = 'done') over of_person as is_reached,
         first_value(number) over (
           of_person order by state <> 'done' and bar is null desc, is_held desc, is_wrong,
                              promised desc, is_best desc, ordinal, number) as best
  from target
  window of_person as (partition by phonebank_id, voter_id)
), told as (
  select phonebank_id, number, voter_id, home_id, coalesce(
    bar, case when not is_held and (is_reached or number <> best) then 'joined' end) as reason
  from judged
  where state <> 'done'
)
update call_target t
set state = case when d.reason is null then 'open' else 'barred' end, reason = d.reason
from told d
where t.phonebank_id = d.phonebank_id and t.number = d.number and t.voter_id = d.voter_id
  and t.home_id = d.home_id
  and (t.state, t.reason)
    is distinct from (case when d.reason is null then 'open' else 'barred' end, d.reason)
