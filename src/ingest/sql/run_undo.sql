-- A published import has been taken back.
update import_run set state = 'undone', undone_at = $2, undone_by = $3
where import_id = $1 and state = 'published'
