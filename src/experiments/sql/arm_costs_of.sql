-- What contacting single arms of experiments costs
select experiment_id, arm, cost_cents, cost_channel, cost_from_week, cost_to_week
from experiment_arm_cost where experiment_id = any($1::bigint[])
