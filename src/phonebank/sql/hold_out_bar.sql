-- Lines to a locked hold-out, in every phone bank; one that is held is barred when its lease ends
update queue_line q
set state = case when q.state = 'held' then 'held' else 'barred' end,
    reason = 'experiment_holdout', promised = false, callback_for = null
where q.number = any($1::bigint[]) and q.state in ('ready', 'waiting', 'held') and q.reason is null
