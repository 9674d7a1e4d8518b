-- The lock of an experiment has ended: its numbers may be shown
delete from line_attempt where experiment_id = $1
