-- The runs, newest first.
select run_id, scope, state, started_by, started_at, ended_at, report, error
from match_run
where run_id < coalesce($1, 9223372036854775807)
order by run_id desc
limit $2
