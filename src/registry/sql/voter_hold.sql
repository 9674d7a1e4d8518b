-- Whether there is such a voter; nobody joins or splits the person before this transaction ends.
select 1 from voter where bucket = $1 and voter_id = $2 for key share
