-- Experiments, newest first, before a given one
select e.experiment_id, e.name, e.hypothesis, e.list_id, l.name, e.control_arm, e.is_placebo, e.unit,
  e.state, e.planned_units, e.cost_cents, e.started_at, e.measuring_at, e.ended_at, e.created_by,
  array(select jsonb_array_elements_text(l.arms)), e.cost_channel, e.cost_from_week,
  e.cost_to_week
from experiment e join list l on l.list_id = e.list_id
where e.experiment_id < $1 order by e.experiment_id desc limit $2
