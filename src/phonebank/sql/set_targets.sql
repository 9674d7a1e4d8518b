-- What a call means for its voters: done, or open for another try
update call_target t
set state = case when t.state = 'open' and d.ends then 'done' else t.state end,
    last_disposition = d.disposition
from unnest($3::bigint[], $4::text[], $5::boolean[]) as d(voter_id, disposition, ends)
where t.phonebank_id = $1 and t.number = $2 and t.voter_id = d.voter_id
