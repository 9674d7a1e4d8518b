-- Lines that were barred or put off by locks alone, and are by none now, wait for what they waited for before
update queue_line q
set state = case when q.state = 'held' then 'held' else 'waiting' end,
    reason = null, not_before = least(q.not_before, $1::timestamptz)
where (q.reason = 'experiment_holdout' and q.state in ('barred', 'held')
       or q.state = 'waiting' and q.not_before > $1::timestamptz + interval '100 days')
  and not exists (select 1 from line_attempt a
                  where a.number = q.number and a.experiment_id is not null)
