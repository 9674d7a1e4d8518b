-- The import's last step, in the transaction that makes its rows visible.
update import_run
set state = 'published', file_sha256 = $2, rows_read = $3, rows_new = $4, rows_changed = $5,
    rows_same = $6, rows_rejected = $7, warnings = $8, ended_at = $9
where import_id = $1 and state = 'running'
