-- The partition's own bound says the same from now on.
alter table score_run_i{import} drop constraint score_run_i{import}_import
