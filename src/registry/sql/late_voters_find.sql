-- Changed rows whose identity has another person now than when they were matched.
select distinct s.home_id, coalesce(l.voter_id, s.home_id)
from voter_change s
left join link l on l.home_id = s.home_id
where s.voter_id <> coalesce(l.voter_id, s.home_id)
