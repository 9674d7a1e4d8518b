-- The newest archive.
select archive_id, folder, tables, rows, bytes, started_at, ended_at, verified_at
from archive_run
order by archive_id desc
limit 1
