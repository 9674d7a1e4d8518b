-- Imports whose process has gone: whoever holds the import lock knows that none of them runs.
update import_run
set state = 'failed', ended_at = $1,
    error = 'The program ended in the middle of this import; nothing was changed. Import the file again.'
where state = 'running'
returning import_id
