-- Everybody with several identities: the only ones whose profiles follow from the policies.
insert into person_set (bucket, voter_id)
select distinct bucket, voter_id from link
on conflict do nothing
