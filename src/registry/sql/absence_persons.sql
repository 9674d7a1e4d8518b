-- Whoever's absence may change: those of these identities, and those who have just been found absent.
insert into person_set (bucket, voter_id)
select bucket, voter_id from absence where source = $1 and home_id = any($2)
union
select bucket, voter_id from absent_found
on conflict do nothing
