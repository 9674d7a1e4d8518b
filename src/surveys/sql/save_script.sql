-- The next version of a script
update script set name = $2, version = version + 1, body = $3, saved_at = $4
where script_id = $1
returning script_id, version
