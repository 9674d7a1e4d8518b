-- One decision, with what it moved.
select decision_id, home_a, home_b, kind, actor, at, ended_at, ended_by, moved
from link_decision
where decision_id = $1
