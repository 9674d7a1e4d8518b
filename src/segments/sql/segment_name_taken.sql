-- Whether another segment has this name.
select exists (
  select 1 from segment where name = $1 and segment_id <> $2 and removed_at is null
)
