-- A number that is new for a known voter is kept beside the older ones.
insert into phone (bucket, voter_id, number, import_id)
select bucket, voter_id, phone, import_id from voter_change where phone is not null
on conflict (bucket, voter_id, number) do nothing
