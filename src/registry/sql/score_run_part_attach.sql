-- Makes the run one of score_run's.
alter table score_run attach partition score_run_i{import} for values in ({import})
