-- A dry run has ended: its report is all that it leaves.
update import_run
set state = 'tried', file_sha256 = $2, rows_read = $3, rows_new = $4, rows_changed = $5,
    rows_same = $6, rows_rejected = $7, warnings = $8, ended_at = $9, report = $10
where import_id = $1 and state = 'running'
