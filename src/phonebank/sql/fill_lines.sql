-- One line for each number of a phone bank's targets, in the list's order, with its zones and bars
with place as (
  select * from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::smallint[], $8::text[])
    as p(state, county, zip3, prefix, zone_set_id, bar)
),
line as (
  select t.number,
         coalesce(min(m.ordinal) filter (where t.state = 'open'), min(m.ordinal)) as ordinal,
         bool_or(t.state = 'open') as has_open,
         min(t.reason) as target_bar,
         min(p.zone_set_id) as zone_set_id,
         min(p.bar) as zone_bar
  from call_target t
  join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
  join list_member m on m.list_id = $2 and m.bucket = t.home_bucket
    and m.voter_id = t.home_id
  join place p on p.state = v.state and p.county = v.county
    and p.zip3 = coalesce(left(v.zip5, 3), '') and p.prefix = t.number / 10000000
  where t.phonebank_id = $1
  group by t.number
),
judged as materialized (
  select l.*, coalesce(
    (select s.reason from suppression s
     where s.number = l.number and s.ended_at is null order by s.at desc limit 1),
    case when exists (
      select 1 from phone h join voter o on o.bucket = h.bucket and o.voter_id = h.voter_id
      where h.number = l.number and o.protected) then 'protected' end,
    case when not l.has_open then l.target_bar end,
    l.zone_bar) as reason
  from line l
)
insert into queue_line (phonebank_id, number, ordinal, state, zone_set_id, not_before, reason)
select $1, number, ordinal, case when reason is null then 'ready' else 'barred' end, zone_set_id,
       'epoch', reason
from judged
