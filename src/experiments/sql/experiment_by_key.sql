-- The experiment that was begun under this key
select experiment_id, list_id, name, hypothesis from experiment where begin_key = $1::uuid
