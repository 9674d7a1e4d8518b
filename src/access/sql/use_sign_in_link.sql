-- Uses a link up, if it is neither used nor expired; the row lock lets one of two rivals win.
update sign_in_link
set used_at = $2
where token_hash = $1 and used_at is null and expires_at > $2
returning person_id
