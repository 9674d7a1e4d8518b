-- What came of the attempts in a stretch of time
select disposition, count(*) from contact_attempt
where phonebank_id = $1 and ended_at >= $2 and ended_at < $3
group by disposition
