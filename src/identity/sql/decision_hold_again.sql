-- The "different" that a decision had ended on its pair, now that this is taken back.
update link_decision d
set ended_at = null, ended_by = null
from link_decision t
where t.decision_id = $1
  and d.home_a = t.home_a and d.home_b = t.home_b and d.decision_id < t.decision_id
  and d.kind = 'different' and t.kind = 'same' and d.ended_at = t.at
returning d.decision_id, d.home_a, d.home_b, d.actor, d.at
