-- Decisions in force between two sets of identities that say "different".
select home_a, home_b
from link_decision
where ended_at is null and kind = 'different'
  and ((home_a = any ($1) and home_b = any ($2)) or (home_a = any ($2) and home_b = any ($1)))
order by decision_id
