-- A line that is not shown after all: its calling window closed between pick and showing, or nobody is left to reach
update queue_line
set state = case when $3 then 'done' else 'ready' end, reason = case when $3 then 'complete' end,
    attempts = attempts - 1, lease_id = null, held_by = null, lease_until = null
where phonebank_id = $1 and number = $2 and state = 'held'
