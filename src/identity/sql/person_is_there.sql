-- Whether there is such a person.
select 1 from voter where bucket = $1 and voter_id = $2
