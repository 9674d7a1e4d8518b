-- What a call means for its voters: done, or open for another try
update call_target t
set state = case when t.state = 'open' and d.ends then 'done' else t.state end,
    last_disposition = d.disposition
from (
  select voter_id, max(disposition) as disposition, bool_or(ends) as ends
  from unnest($3::bigint[], $4::text[], $5::boolean[]) as e(voter_id, disposition, ends)
  group by voter_id
) d
where t.phonebank_id = $1 and t.number = $2 and t.voter_id = d.voter_id
