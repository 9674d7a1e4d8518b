-- A new session; the database knows only the hash of its token.
insert into session (token_hash, person_id, csrf_token, phonebank_id, created_at, last_seen_at, expires_at)
values ($1, $2, $3, $4, $5, $5, $6)
