-- The scores of a voter.
select support, turnout, persuadability, coalesce(other, '{}')
from voter_score where bucket = $1 and voter_id = $2
