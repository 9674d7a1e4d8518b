-- A lease that ended without a word: the number may have been dialled, so it waits as if it was
update queue_line q
set state = case when q.reason is not null then 'barred'
                 when q.attempts >= p.attempts_max then 'done' else 'waiting' end,
    reason = coalesce(q.reason, case when q.attempts >= p.attempts_max then 'attempts' end),
    not_before = greatest(q.not_before, upper(a.during)),
    callback_for = null, lease_id = null, held_by = null, lease_until = null
from phonebank p, line_attempt a
where p.phonebank_id = q.phonebank_id and a.lease_id = q.lease_id
  and q.held_by = $2 and q.lease_id = $1 and q.state = 'held'
