-- How many callers were there since a moment
select count(*) from caller_shift where phonebank_id = $1 and last_seen_at >= $2
