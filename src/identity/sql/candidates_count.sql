-- How many pairs wait, and how many were put off.
select count(*) filter (where state = 'open'), count(*) filter (where state = 'later')
from match_candidate_live
