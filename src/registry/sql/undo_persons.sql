-- Whose profile follows from several records of which one goes or passes on.
insert into person_set (bucket, voter_id)
select bucket, voter_id from record_value where import_id = $1
on conflict do nothing
