-- The session was used: moves its end on. Only one of several processes writes.
update session
set last_seen_at = $2, expires_at = $3
where token_hash = $1 and last_seen_at < $4
