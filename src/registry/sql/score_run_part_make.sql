-- The rows of a large run of scores: a table of its own, so that a run is undone by dropping it.
create table score_run_i{import} (like score_run including defaults including constraints)
