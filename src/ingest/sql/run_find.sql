-- One import.
select r.import_id, r.layout, r.layout_version, r.kind, r.file_name, r.file_bytes, r.state, r.rows_read,
       r.rows_new, r.rows_changed, r.rows_same, r.rows_rejected, r.warnings, r.error, r.started_by,
       r.started_at, r.ended_at, r.report, r.undone_at, r.undone_by, r.mends,
       (select string_agg(m.import_id::text, ' ' order by m.import_id)
        from import_run m where m.mends = r.import_id and m.state = 'published'),
       r.restarts, coalesce(r.run_name, ''), r.request
from import_run r
where r.import_id = $1
