-- A number that was shown and not dialled: ready at once; barred if it was barred meanwhile
update queue_line
set state = case when reason is null then 'ready' else 'barred' end,
    attempts = attempts - 1, lease_id = null, held_by = null, lease_until = null,
    skipped_by = $2
where held_by = $3 and lease_id = $1 and state = 'held'
