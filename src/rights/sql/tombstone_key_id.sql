-- The number of a key.
select key_id from erasure_key where key = $1
