-- Whoever has other identities now than before.
insert into person_set (bucket, voter_id)
select from_bucket, from_id from person_move
union
select to_bucket, to_id from person_move
on conflict do nothing
