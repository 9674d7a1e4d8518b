-- Staged votes whose identity has another person now than when they were matched.
select distinct s.home_id, coalesce(l.voter_id, s.home_id)
from vote_stage s
left join link l on l.home_id = s.home_id
where s.voter_id <> coalesce(l.voter_id, s.home_id)
