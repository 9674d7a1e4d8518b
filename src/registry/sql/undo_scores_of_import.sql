-- Whoever has scores of an import.
insert into person_set (bucket, voter_id)
select distinct bucket, voter_id from score_run where import_id = $1
order by bucket, voter_id
on conflict do nothing
