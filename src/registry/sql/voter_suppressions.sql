-- Bars on the voter or on any of the voter's numbers, those in force first.
select s.suppression_id, s.number, s.voter_id, s.reason, s.source, s.at, s.ended_at
from suppression s
where s.voter_id = $2
   or s.number in (select number from phone where bucket = $1 and voter_id = $2)
order by s.ended_at is not null, s.at desc
limit 100
