-- A tombstone.
insert into erasure_tombstone (hash, key_id, kind, at) values ($1, $2, $3, $4)
on conflict (hash) do nothing
