-- Numbers that no caller may be given at a moment: 0 called lately, in whatever phone bank, 1 held, 2 a callback that is not due yet
select b.number, case when bool_or(b.bar = 1) then 1 when bool_or(b.bar = 2) then 2 else 0 end
from (
  select q.number, case when q.state = 'held' then 1 when q.promised then 2 else 0 end as bar
  from queue_line q
  join phonebank p on p.phonebank_id = q.phonebank_id
  where p.state <> 'closed'
    and (q.state = 'held' or (q.state = 'waiting' and q.not_before > $1::timestamptz))
  union all
  select a.number, 0
  from line_attempt a
  where a.shown_at <= $1 and a.during @> $1::timestamptz and a.experiment_id is null
    and a.shown_at >= $1::timestamptz - coalesce(
      (select max(make_interval(secs => greatest(p.retry_seconds, p.busy_seconds,
                                                 p.message_seconds) + p.lease_seconds))
       from phonebank p), interval '0')
) b
group by b.number
