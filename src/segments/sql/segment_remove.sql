-- Removes a segment; the row stays, because lists refer to it.
update segment set removed_at = $2 where segment_id = $1 and removed_at is null
