-- Whether there is such a voter, and one who is protected by law.
select protected from voter where bucket = $1 and voter_id = $2
