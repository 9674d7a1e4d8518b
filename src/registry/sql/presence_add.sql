-- Whom a published file held.
insert into import_presence (import_id, part, source, name, counties, data)
values ($1, $2, $3, $4, $5, $6)
