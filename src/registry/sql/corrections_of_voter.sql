-- The corrections of a voter, newest first.
select correction_id, fields, actor, at, ended_at
from correction where bucket = $1 and voter_id = $2
order by correction_id desc limit 100
