-- A new join link.
insert into join_link (code, phonebank_id, made_by, created_at, expires_at, uses_max)
values ($1, $2, $3, $4, $5, $6)
returning join_link_id
