-- Lines with somebody else behind them: a call under way ends as if nothing had been said, and a line that has nobody left to call is at its end.
with hit as (
  select q.phonebank_id, q.number, p.attempts_max, upper(a.during) as free_at,
         exists (select 1 from call_target t where t.phonebank_id = q.phonebank_id
                 and t.number = q.number and t.state = 'open') as has_open,
         exists (select 1 from call_target t where t.phonebank_id = q.phonebank_id
                 and t.number = q.number and t.state = 'done') as has_done
  from unnest($1::bigint[], $2::bigint[]) as l(phonebank_id, number)
  join queue_line q on q.phonebank_id = l.phonebank_id and q.number = l.number
  join phonebank p on p.phonebank_id = q.phonebank_id
  left join line_attempt a on a.lease_id = q.lease_id
  where q.state in ('ready', 'waiting', 'held')
)
update queue_line q
set state = case when hit.has_open and q.state <> 'held' then q.state
                 when not hit.has_open and hit.has_done then 'done'
                 when not hit.has_open or q.reason is not null then 'barred'
                 when q.attempts >= hit.attempts_max then 'done' else 'waiting' end,
    reason = case when hit.has_open and q.state <> 'held' then q.reason
                  when not hit.has_open and hit.has_done then 'complete'
                  when not hit.has_open then coalesce(q.reason, 'removed')
                  else coalesce(q.reason,
                                case when q.attempts >= hit.attempts_max then 'attempts' end)
             end,
    not_before = greatest(q.not_before, coalesce(hit.free_at, q.not_before)),
    callback_for = case when q.state = 'held' then null else q.callback_for end,
    lease_id = null, held_by = null, lease_until = null
from hit
where q.phonebank_id = hit.phonebank_id and q.number = hit.number
