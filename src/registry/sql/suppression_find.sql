-- One bar as it is shown.
select suppression_id, number, voter_id, reason, source, at, ended_at
from suppression where suppression_id = $1
