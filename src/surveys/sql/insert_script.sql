-- A new script in its first version
insert into script (name, version, body, created_by, created_at, saved_at)
values ($1, 1, $2, $3, $4, $4)
returning script_id, version
