-- One line for each number of a phone bank's targets, in the list's order, with its zones and bars; of all numbers ($4 empty) or of some, where there is none yet
with line as (
  select t.number,
         coalesce(min(m.ordinal) filter (where t.state = 'open'), min(m.ordinal)) as ordinal,
         bool_or(t.state = 'open') as has_open,
         min(t.reason) as target_bar,
         min((p.place ->> 0)::smallint) as zone_set_id,
         min(p.place ->> 1) as zone_bar
  from call_target t
  join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
  join list_member m on m.list_id = $2 and m.bucket = t.home_bucket
    and m.voter_id = t.home_id
  cross join lateral (
    select $3::jsonb -> concat_ws('|', v.state, coalesce(left(v.zip5, 3), ''),
                                  t.number / 10000000, v.county) as place
  ) p
  where t.phonebank_id = $1 and (cardinality($4::bigint[]) = 0 or (t.number = any($4)
    and not exists (select 1 from queue_line q where q.phonebank_id = $1 and q.number = t.number)))
  group by t.number
),
judged as materialized (
  select l.*, coalesce(
    (select s.reason from suppression s
     where s.number = l.number and s.ended_at is null order by s.at desc limit 1),
    case when exists (
      select 1 from phone h join voter o on o.bucket = h.bucket and o.voter_id = h.voter_id
      where h.number = l.number and o.protected) then 'protected' end,
    (select 'experiment_holdout' from line_attempt a
     where a.number = l.number and a.experiment_id is not null limit 1),
    case when not l.has_open then l.target_bar end,
    l.zone_bar) as reason
  from line l
)
insert into queue_line (phonebank_id, number, ordinal, state, zone_set_id, not_before, reason)
select $1, number, ordinal, case when reason is null then 'ready' else 'barred' end, zone_set_id,
       'epoch', reason
from judged
