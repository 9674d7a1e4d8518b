-- A line whose last voter was reached by a result that came late
update queue_line set state = 'done', reason = $3, promised = false, callback_for = null
where phonebank_id = $1 and number = $2 and state in ('ready', 'waiting')
