-- An election, and whether anybody's vote in it is known
select min(name), bool_or(exists (select 1 from vote v where v.election_id = e.election_id))
from election e where to_char(held_on, 'YYYY-MM-DD') || ' ' || kind = $1
having count(*) > 0
