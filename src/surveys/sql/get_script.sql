-- A script in its newest version
select script_id, name, version, body, saved_at from script where script_id = $1
