-- The saved segments, oldest first.
select segment_id, name, version, rule, created_by, created_at, updated_at from segment
where removed_at is null order by segment_id
