-- The lines of voters who have left the segment that a phone bank follows, locked in the order in which everybody locks them, and whether they stay: a caller has them, or a callback is promised
select t.voter_id, q.number, q.state = 'held' or q.promised as stays
from unnest($2::bigint[]) as v(voter_id)
join call_target t on t.voter_id = v.voter_id and t.phonebank_id = $1 and t.state = 'open'
join queue_line q on q.phonebank_id = t.phonebank_id and q.number = t.number
order by q.number
for update of q
