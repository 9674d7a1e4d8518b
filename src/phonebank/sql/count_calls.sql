-- Calls and conversations in a stretch of time, by caller
select caller_id, count(*), count(*) filter (where spoken) from call_result
where phonebank_id = $1 and at >= $2 and at < $3
group by caller_id
