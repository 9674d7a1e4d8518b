-- A link that signs in once; without a person it makes the first administrator.
insert into sign_in_link (token_hash, person_id, created_at, expires_at) values ($1, $2, $3, $4)
