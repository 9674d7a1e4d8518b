-- Keeps a version as it was read to voters
insert into script_version (script_id, version, body, saved_by, saved_at)
values ($1, $2, $3, $4, $5)
