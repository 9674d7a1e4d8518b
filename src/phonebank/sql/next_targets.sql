-- Voters whose number is not theirs or out of service, as the registry knows by now: each is called on the next best number that may be called, in every phone bank that is not closed ($1: of these numbers), or in one that is filled ($2); who asked on another number not to be called is not
-- (a number that lacks a consent comes after the others, and waits for it)
with gone as materialized (
  select t.phonebank_id, t.number, t.bucket, t.voter_id, t.home_bucket, t.home_id, q.attempts,
         ((q.priority % 100) + 100) % 100 as weight
  from unnest($1::bigint[]) as n(number)
  join queue_line q on q.number = n.number
  join phonebank p on p.phonebank_id = q.phonebank_id and p.state <> 'closed'
  join call_target t
    on t.phonebank_id = q.phonebank_id and t.number = q.number and t.state = 'open'
  where exists (select 1 from suppression s
                where s.number = n.number and s.ended_at is null
                  and s.reason in ('wrong_number', 'disconnected'))
  union all
  select t.phonebank_id, t.number, t.bucket, t.voter_id, t.home_bucket, t.home_id, 0, 0
  from call_target t
  where t.phonebank_id = $2 and t.state = 'open'
    and exists (select 1 from suppression s
                where s.number = t.number and s.ended_at is null
                  and s.reason in ('wrong_number', 'disconnected'))
),
ranked as (
  select distinct on (g.phonebank_id, g.voter_id) g.*, h.number as next_number, b.reason
  from gone g
  join phonebank p on p.phonebank_id = g.phonebank_id
  join voter v on v.bucket = g.bucket and v.voter_id = g.voter_id and not v.protected
  join phone h on h.bucket = g.bucket and h.voter_id = g.voter_id
  cross join lateral (
    select case when (p.consent = 'all'
                      or (p.consent = 'mobile' and h.number::text ~ p.mobile_pattern))
      and not exists (
        select 1 from consent c
        where c.bucket = g.bucket and c.voter_id = g.voter_id
          and c.purpose = 'campaign' and c.channel = 'phone' and c.state = 'given')
    then 'no_consent' end as reason
    offset 0
  ) b
  where not exists (select 1 from suppression s
                    where s.number = h.number and s.ended_at is null)
    and not exists (select 1 from line_attempt a
                    where a.number = h.number and a.experiment_id is not null)
    and not exists (
      select 1 from phone o
      join suppression s on s.number = o.number and s.ended_at is null and s.reason = 'do_not_call'
      where o.bucket = g.bucket and o.voter_id = g.voter_id
        and o.status not in ('wrong', 'disconnected'))
    and not exists (
      select 1 from call_target o
      where o.phonebank_id = g.phonebank_id and o.voter_id = g.voter_id and o.number <> g.number
        and (o.state = 'done' or (o.state = 'open' and not exists (
          select 1 from suppression s
          where s.number = o.number and s.ended_at is null
            and s.reason in ('wrong_number', 'disconnected')))))
  order by g.phonebank_id, g.voter_id, b.reason nulls first, (h.number = v.phone) desc nulls last,
           h.import_id desc, h.number, g.home_id
),
offered as (
  insert into call_target (
    phonebank_id, number, bucket, voter_id, home_bucket, home_id, state, reason
  )
  select phonebank_id, next_number, bucket, voter_id, home_bucket, home_id,
         case when reason is null then 'open' else 'barred' end, reason
  from ranked
  on conflict (phonebank_id, number, voter_id, home_id) do update
  set state = excluded.state, reason = excluded.reason
  where call_target.state = 'barred' and call_target.reason = 'joined'
  returning phonebank_id, number, voter_id
),
left_behind as (
  update call_target t set state = 'barred', reason = 'joined'
  from offered o
  where t.phonebank_id = o.phonebank_id and t.voter_id = o.voter_id and t.number <> o.number
    and t.state = 'open'
)
select o.phonebank_id, o.number, max(g.attempts)::int, max(g.weight)::int
from offered o
join gone g on g.phonebank_id = o.phonebank_id and g.voter_id = o.voter_id
group by o.phonebank_id, o.number
order by o.phonebank_id, o.number
