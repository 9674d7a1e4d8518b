-- What contacting has cost, or which money of the ledger it costs
update experiment set cost_cents = $2, cost_channel = $3, cost_from_week = $4, cost_to_week = $5
where experiment_id = $1 returning experiment_id
