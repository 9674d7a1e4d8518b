-- The rows of a run of scores.
delete from score_run where import_id = $1
