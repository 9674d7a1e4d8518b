-- Changes name and rule of a segment and gives it the next version; only if nobody else did since.
update segment set name = $3, rule = $4, updated_at = $5, version = version + 1
where segment_id = $1 and version = $2 and removed_at is null
