-- Values that a person has put right by hand.
insert into correction (bucket, correction_id, voter_id, home_id, fields, actor, at)
values ($1, nextval('correction_id_seq'), $2, $2, $3, $4, $5)
returning correction_id
