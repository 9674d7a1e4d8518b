-- Takes away a run, or a load that was given up.
drop table if exists score_run_i{import}
