-- Imports, newest first, behind a cursor.
select import_id, layout, layout_version, kind, file_name, file_bytes, state, rows_read, rows_new,
       rows_changed, rows_same, rows_rejected, warnings, error, started_by, started_at, ended_at,
       report, undone_at, undone_by
from import_run
where $1::bigint is null or import_id < $1
order by import_id desc
limit $2
