-- Whether lines of an earlier pass come first; among equals the lead's wishes stay
update queue_line q
set priority = ((q.priority % 100) + 100) % 100
               - case when $2 then 100 * least(q.attempts, 300) else 0 end
where q.phonebank_id = $1 and q.state in ('ready', 'waiting')
  and q.priority <> ((q.priority % 100) + 100) % 100
                    - case when $2 then 100 * least(q.attempts, 300) else 0 end
