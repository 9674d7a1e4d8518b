-- What remains of a bar that named a person and a number: the number.
update suppression set voter_id = null, home_id = null where voter_id = any($1::bigint[])
