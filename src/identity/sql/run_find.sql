-- One run.
select run_id, scope, state, started_by, started_at, ended_at, report, error
from match_run
where run_id = $1
