-- Experiments of a list that have not ended
select experiment_id from experiment where list_id = $1 and state <> 'ended'
