-- The primary outcome that another one replaces; it stays to be seen
update experiment_outcome set withdrawn_at = $2
where experiment_id = $1 and is_primary and withdrawn_at is null
