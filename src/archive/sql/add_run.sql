-- Remembers an archive.
insert into archive_run (folder, tables, rows, bytes, manifest_sha256, started_at, ended_at)
values ($1, $2, $3, $4, $5, $6, $7)
returning archive_id
