-- Voters who match again the segment that a phone bank follows
update call_target t set state = 'open', reason = null
from unnest($2::bigint[]) as v(voter_id)
where t.phonebank_id = $1 and t.voter_id = v.voter_id and t.state = 'barred'
  and t.reason = 'left_segment'
returning t.number
