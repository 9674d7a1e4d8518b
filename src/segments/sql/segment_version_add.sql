-- Keeps a segment as it is now.
insert into segment_version (segment_id, version, name, rule, saved_by, saved_at)
values ($1, $2, $3, $4, $5, $6)
