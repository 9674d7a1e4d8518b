-- The corrections of a voter, newest first, without some of their fields; one that has no other is left out.
select correction_id, fields - $3::text[], actor, at, ended_at
from correction where bucket = $1 and voter_id = $2 and fields - $3::text[] <> '{}'
order by correction_id desc limit 100
