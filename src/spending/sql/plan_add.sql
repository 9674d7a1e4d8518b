-- A new plan; nothing if there is one for these inputs.
insert into plan (inputs, position, made_at, budget_cents, booked_cents, planned_cents, document)
values ($1, $2, $3, $4, $5, $6, $7) on conflict (inputs) do nothing
returning plan_id
