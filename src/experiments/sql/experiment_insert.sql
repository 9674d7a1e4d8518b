-- A new experiment; its outcome and members follow in the same transaction
insert into experiment (name, hypothesis, list_id, control_arm, is_placebo, unit, state, planned_units,
                        cost_cents, started_at, created_by, begin_key)
values ($1, $2, $3, $4, $5, $6, 'running', $7, $8, $9, $10, $11::uuid)
returning experiment_id
