-- Values that a person has put right by hand, for the identity under whose id it was done: $6, or one that has records.
insert into correction (bucket, correction_id, voter_id, home_id, fields, actor, at)
values ($1, nextval('correction_id_seq'), $2, (
    select r.home_id from record_value r
    where r.bucket = $1 and r.voter_id = $2
    order by r.home_id <> $6, r.home_id <> $2, r.home_id limit 1), $3, $4, $5)
returning correction_id
