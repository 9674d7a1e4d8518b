-- The newest trained model.
select model from match_model
