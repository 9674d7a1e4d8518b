-- One person.
insert into person_set (bucket, voter_id) values ($1, $2) on conflict do nothing
