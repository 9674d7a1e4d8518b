-- Voters of a line that the second look refused
update call_target set state = 'barred', reason = b.reason
from unnest($3::bigint[], $4::text[]) as b(voter_id, reason)
where phonebank_id = $1 and number = $2 and call_target.voter_id = b.voter_id and state = 'open'
