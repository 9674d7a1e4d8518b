-- What contacting has cost
update experiment set cost_cents = $2 where experiment_id = $1 returning experiment_id
