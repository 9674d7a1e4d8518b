-- Room for the run's rows in one sort; until the transaction ends.
select set_config('work_mem', '256MB', true)
