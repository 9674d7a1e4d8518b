-- The second look, at the moment of showing: the voters of lines with all that bars them; a person of several identities is held out if one of them is, and was reached wherever one was
-- (an import that protects a voter deletes their numbers, so they are also looked for behind the number in all queues)
-- (each look costs a call its part of the server's time: what the row itself says is not looked up again, and hold-outs only where there are any)
select coalesce($1::timestamptz, clock_timestamp()) as moment,
       v.protected
       or exists (select 1 from phone h
                  where h.number = t.number and h.voter_id <> t.voter_id
                    and exists (select 1 from voter o
                                where o.bucket = h.bucket and o.voter_id = h.voter_id
                                  and o.protected))
       or exists (select 1 from queue_line l
                  join call_target c on c.phonebank_id = l.phonebank_id and c.number = l.number
                  where l.number = t.number and c.voter_id <> t.voter_id
                    and exists (select 1 from voter o
                                where o.bucket = c.bucket and o.voter_id = c.voter_id
                                  and o.protected)) as is_protected,
       coalesce(
         (select s.reason from suppression s where s.number = t.number and s.ended_at is null
          order by s.at desc limit 1),
         case when exists (select 1 from experiment_member where held) then
         (select 'experiment_holdout' from phone h
          cross join lateral (
            select h.bucket, h.voter_id
            union all
            select k.home_bucket, k.home_id from link k
            where k.bucket = h.bucket and k.voter_id = h.voter_id) i
          join experiment_member e on e.bucket = i.bucket and e.voter_id = i.voter_id and e.held
          where h.number = t.number limit 1) end) as number_bar,
       t.voter_id, t.state,
       case when v.protected then 'protected' else coalesce(
         (select s.reason from suppression s where s.voter_id = t.voter_id and s.ended_at is null
          order by s.at desc limit 1),
         (select 'consent_withdrawn' from consent c
          where c.bucket = t.bucket and c.voter_id = t.voter_id
            and c.purpose = 'campaign' and c.channel = 'phone' and c.state = 'withdrawn'),
         case when (p.consent = 'all'
                    or (p.consent = 'mobile' and t.number::text ~ p.mobile_pattern))
           and not exists (
             select 1 from consent c
             where c.bucket = t.bucket and c.voter_id = t.voter_id
               and c.purpose = 'campaign' and c.channel = 'phone' and c.state = 'given')
         then 'no_consent' end,
         case when v.status in ('removed', 'denied') then v.status end,
         case when not exists (
           select 1 from phone h
           where h.bucket = t.bucket and h.voter_id = t.voter_id and h.number = t.number)
         then 'number_changed' end,
         (select 'joined' from call_target o
          where o.phonebank_id = t.phonebank_id and o.voter_id = t.voter_id and o.state = 'done'
            and (o.number, o.home_id) <> (t.number, t.home_id) limit 1)) end as voter_bar,
       coalesce(m.arm = p.arm, false) and not exists (
         select 1 from link k
         join list_member x
           on x.list_id = p.list_id and x.bucket = k.home_bucket and x.voter_id = k.home_id
         where k.bucket = t.bucket and k.voter_id = t.voter_id and x.arm = 0)
       and (t.voter_id = t.home_id or not exists (
         select 1 from list_member x
         where x.list_id = p.list_id and x.bucket = t.bucket and x.voter_id = t.voter_id
           and x.arm = 0)) as is_treated,
       v.first_name, v.last_name,
       coalesce(extract(year from age($4::timestamptz, v.birth_date))::int,
                extract(year from $4::timestamptz)::int - v.birth_year) as age,
       v.city, v.party, v.gender, asked.place - 1
from unnest($3::bigint[]) with ordinality as asked(number, place)
join call_target t on t.phonebank_id = $2 and t.number = asked.number
join phonebank p on p.phonebank_id = t.phonebank_id
join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
left join list_member m
  on m.list_id = p.list_id and m.bucket = t.home_bucket and m.voter_id = t.home_id
order by asked.place, m.ordinal, t.voter_id
