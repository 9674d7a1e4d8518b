-- What was stored of a call, for each voter it was about
select distinct c.bucket, c.attempt_id, c.voter_id, c.home_id, c.disposition
from call_target t
join contact_attempt c on c.bucket = t.bucket and c.voter_id = t.voter_id
where t.phonebank_id = $1 and t.number = $2 and c.lease_id = $3
order by c.attempt_id
