-- A batch of answers under a program's own key; nothing if that key was used before
insert into answer_batch (batch_key, digest, recorded, recorded_by, at)
values ($1::uuid, $2, $3, $4, $5)
on conflict (batch_key) do nothing
returning batch_key
