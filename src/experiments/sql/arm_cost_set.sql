-- What contacting one arm has cost, or which money of the ledger it costs
insert into experiment_arm_cost (experiment_id, arm, cost_cents, cost_channel, cost_from_week,
                                 cost_to_week)
values ($1, $2, $3, $4, $5, $6)
on conflict (experiment_id, arm) do update set cost_cents = excluded.cost_cents,
  cost_channel = excluded.cost_channel, cost_from_week = excluded.cost_from_week,
  cost_to_week = excluded.cost_to_week
