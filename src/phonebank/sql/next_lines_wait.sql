-- New lines to voters who were called on another number before: those tries count, at least one is left, the place among all stays, and the line waits as after any try unless the phone bank says at once
update queue_line q
set attempts = least(n.attempts, p.attempts_max - 1),
    state = case when q.state = 'ready' and n.attempts > 0 and not p.next_at_once then 'waiting'
                 else q.state end,
    not_before = case when n.attempts > 0 and not p.next_at_once
                      then $4::timestamptz + make_interval(secs => p.retry_seconds)
                      else q.not_before end,
    priority = n.weight
from unnest($2::bigint[], $3::int[], $6::int[]) as n(number, attempts, weight), phonebank p
where q.phonebank_id = $1 and q.number = n.number and q.number <> all($5::bigint[])
  and p.phonebank_id = q.phonebank_id
