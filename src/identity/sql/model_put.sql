-- The newest model takes the place of the one before.
insert into match_model (model_id, run_id, model, trained_at)
values (1, $1, $2, $3)
on conflict (model_id) do update
set run_id = excluded.run_id, model = excluded.model, trained_at = excluded.trained_at
