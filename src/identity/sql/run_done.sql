-- A run has come to its end, with all that it changed, in one transaction.
update match_run
set state = 'done', ended_at = $2, import_past = $3, report = $4
where run_id = $1
