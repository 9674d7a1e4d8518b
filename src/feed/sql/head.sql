-- The newest visible position.
select coalesce(max(position), 0) from change
