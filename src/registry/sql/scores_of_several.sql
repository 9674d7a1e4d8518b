-- Persons with several rows in a run, one for each of their identities: theirs are found from all runs.
insert into person_set (bucket, voter_id)
select bucket, voter_id from score_run where import_id = $1
group by bucket, voter_id having count(*) > 1
on conflict do nothing
