-- Ends an experiment: what comes later does not count
update experiment set state = 'ended', ended_at = $2 where experiment_id = $1
