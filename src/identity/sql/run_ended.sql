-- A run has changed nothing: it was stopped, or could not be done.
update match_run set state = $2, ended_at = $3, error = $4 where run_id = $1
