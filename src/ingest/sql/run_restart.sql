-- A restarted program begins an import anew.
update import_run
set restarts = restarts + 1, file_bytes = $2, header = $3
where import_id = $1 and state = 'running'
