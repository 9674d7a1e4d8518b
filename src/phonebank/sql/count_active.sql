-- How many callers were there since a moment, and have not left
select count(*) from caller_shift
where phonebank_id = $1 and last_seen_at >= $2 and left_at is null
