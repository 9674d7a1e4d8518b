-- Voters of lines whom the second look refused
update call_target t set state = 'barred', reason = b.reason
from unnest($2::bigint[], $3::bigint[], $4::text[]) as b(number, voter_id, reason)
where t.phonebank_id = $1 and t.number = b.number and t.voter_id = b.voter_id and t.state = 'open'
