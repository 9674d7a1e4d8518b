-- Voters who have left the segment that a phone bank follows, on lines that are locked
update call_target t set state = 'barred', reason = 'left_segment'
from unnest($2::bigint[], $3::bigint[]) as v(voter_id, number)
where t.phonebank_id = $1 and t.voter_id = v.voter_id and t.number = v.number and t.state = 'open'
