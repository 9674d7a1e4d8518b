-- The key of score_run, built after the load.
alter table score_run_i{import} add primary key (bucket, voter_id, home_id, import_id)
