-- Those who were persons until now are identities of another.
insert into link (bucket, home_id, home_bucket, voter_id, decided_by, probability, bits, at)
select to_bucket, from_id, from_bucket, to_id, decided_by, probability, bits, $1 from person_join
