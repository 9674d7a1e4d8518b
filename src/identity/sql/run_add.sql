-- A run begins.
insert into match_run (scope, state, started_by, started_at)
values ($1, 'running', $2, $3)
returning run_id
