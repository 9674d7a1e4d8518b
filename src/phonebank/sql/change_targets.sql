-- What a changed result means for its voters: done, or open for another try; a bar stays
update call_target t
set state = case when t.state = 'barred' and not (t.reason = 'joined' and d.ends) then 'barred'
                 when d.ends then 'done' else 'open' end,
    reason = case when d.ends and t.reason = 'joined' then null else t.reason end,
    last_disposition = d.disposition
from unnest($3::bigint[], $4::text[], $5::boolean[]) as d(voter_id, disposition, ends)
where t.phonebank_id = $1 and t.number = $2 and t.voter_id = d.voter_id
