-- What calls mean for their voters: done, or open for another try
update call_target t
set state = case when t.state = 'open' and d.ends then 'done' else t.state end,
    last_disposition = d.disposition
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::boolean[])
  as d(phonebank_id, number, voter_id, disposition, ends)
where t.phonebank_id = d.phonebank_id and t.number = d.number and t.voter_id = d.voter_id
