-- Saves a new segment; no row if the name is taken.
insert into segment (name, version, rule, created_by, created_at, updated_at)
values ($1, 1, $2, $3, $4, $4)
on conflict (name) where removed_at is null do nothing
returning segment_id
