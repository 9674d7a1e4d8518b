-- A new form
insert into form (name, list_id, script_id, script_version, expires_at, created_by, created_at)
values ($1, $2, $3, $4, $5, $6, $7) returning form_id
