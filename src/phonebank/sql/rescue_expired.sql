-- Leases past their time go back, as return_lease does it; a batch at a time
with expired as (
  select phonebank_id, number from queue_line
  where state = 'held' and lease_until is not null
    and lease_until < coalesce($1::timestamptz, clock_timestamp())
  order by lease_until
  limit $2
  for update skip locked
)
update queue_line q
set state = case when q.reason is not null then 'barred'
                 when q.attempts >= p.attempts_max then 'done' else 'waiting' end,
    reason = coalesce(q.reason, case when q.attempts >= p.attempts_max then 'attempts' end),
    not_before = greatest(q.not_before, upper(a.during)),
    callback_for = null, lease_id = null, held_by = null, lease_until = null
from expired e, phonebank p, line_attempt a
where q.phonebank_id = e.phonebank_id and q.number = e.number
  and p.phonebank_id = q.phonebank_id and a.lease_id = q.lease_id
