-- Lines whose tries were used up may be tried again, and those that have had as many as now allowed are at their end
update queue_line q
set state = case when q.attempts < $2 then 'waiting' else 'done' end,
    reason = case when q.attempts < $2 then null else 'attempts' end
where q.phonebank_id = $1
  and ((q.state = 'done' and q.reason = 'attempts' and q.attempts < $2)
    or (q.state in ('ready', 'waiting') and not q.promised and q.attempts >= $2))
