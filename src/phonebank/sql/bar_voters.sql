-- Voters who must not be called, in every phone bank
update call_target t set state = 'barred', reason = $2
from unnest($1::bigint[]) as v(voter_id)
where t.voter_id = v.voter_id and t.state = 'open'
returning t.phonebank_id, t.number
