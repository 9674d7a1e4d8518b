-- Runs of processes that have gone: whoever holds the lock knows that none is running.
update match_run
set state = 'failed', ended_at = $1,
    error = 'The program ended in the middle of the run; nothing was changed. Start it again.'
where state = 'running'
returning run_id
