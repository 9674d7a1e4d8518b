-- The first erasure makes the key of the installation.
insert into erasure_key (key_id, key, made_at)
select coalesce(max(key_id), 0) + 1, $1, $2 from erasure_key
on conflict do nothing
