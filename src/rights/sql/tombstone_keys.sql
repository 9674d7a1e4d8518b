-- What tombstones are hashed with.
select key_id, key from erasure_key order by key_id
