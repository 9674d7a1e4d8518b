-- Whether lines of an earlier pass come first
update queue_line q set priority = case when $2 then -q.attempts else 0 end
where q.phonebank_id = $1 and q.state in ('ready', 'waiting')
  and q.priority <> case when $2 then -q.attempts else 0 end
