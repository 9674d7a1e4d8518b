-- Why there is nothing to hand out: zones with ready lines, the next line that waits, lines with others
select coalesce((select array_agg(z.zone_set_id) from zone_set z
                 where exists (select 1 from queue_line q
                               where q.phonebank_id = $1 and q.zone_set_id = z.zone_set_id
                                 and q.state = 'ready')), '{}') as ready_sets,
       w.not_before, w.zone_set_id,
       exists (select 1 from queue_line h where h.state = 'held' and h.phonebank_id = $1) as held
from (select 1) one
left join lateral (
  select not_before, zone_set_id from queue_line
  where phonebank_id = $1 and state = 'waiting' order by not_before limit 1
) w on true
