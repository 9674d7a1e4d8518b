-- Every decision about these identities, the newest first.
select decision_id, home_a, home_b, kind, actor, at, ended_at, ended_by
from link_decision
where home_a = any ($1) or home_b = any ($1)
order by decision_id desc
limit 1000
