-- All scripts, the newest first
select script_id, name, version, body, saved_at from script order by saved_at desc, script_id desc limit $1
