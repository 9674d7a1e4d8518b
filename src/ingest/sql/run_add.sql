-- A new import.
insert into import_run (layout, layout_version, kind, source, file_name, file_bytes, state,
                        started_by, started_at, blank_keeps, request, header, mends, run_name)
values ($1, $2, $3, $4, $5, $6, 'running', $7, $8, $9, $10, $11, $12, $13)
returning import_id
