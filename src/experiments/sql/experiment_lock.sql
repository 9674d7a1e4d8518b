-- The state of an experiment, locked until it is changed
select state, started_at from experiment where experiment_id = $1 for update
