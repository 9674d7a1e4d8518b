-- What came of calls, at the voters behind their lines (a person of several identities may stand there twice; who was reached on a line that was given up for another one was reached)
update call_target t
set state = case when d.ends and (t.state = 'open' or t.reason = 'joined') then 'done'
                 else t.state end,
    reason = case when d.ends and t.reason = 'joined' then null else t.reason end,
    last_disposition = d.disposition
from (
  select phonebank_id, number, voter_id, max(disposition) as disposition, bool_or(ends) as ends
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::boolean[])
    as e(phonebank_id, number, voter_id, disposition, ends)
  group by phonebank_id, number, voter_id
) d
where t.phonebank_id = d.phonebank_id and t.number = d.number and t.voter_id = d.voter_id
