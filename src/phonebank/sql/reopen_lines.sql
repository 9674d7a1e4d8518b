-- Lines that have an open voter again, or a new one; the claim looks at them again before it shows them
with hit as (
  select q.number
  from unnest($2::bigint[]) as l(number)
  join queue_line q on q.phonebank_id = $1 and q.number = l.number
  where ((q.state = 'barred' and q.reason not in ('unknown_zone', 'no_calling_hours'))
      or (q.state = 'done' and q.reason = 'complete'))
    and exists (select 1 from call_target t where t.phonebank_id = q.phonebank_id
                and t.number = q.number and t.state = 'open')
    and not exists (select 1 from suppression s where s.number = q.number and s.ended_at is null)
    and not exists (select 1 from line_attempt a
                    where a.number = q.number and a.experiment_id is not null)
  order by q.number
  for update of q
)
update queue_line q set state = 'waiting', reason = null
from hit
where q.phonebank_id = $1 and q.number = hit.number
