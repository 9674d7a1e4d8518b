-- When callers handed in what came of a call with a person.
select to_jsonb(r) - $3::text[]
from (select distinct t.lease_id from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
      join contact_attempt t on t.bucket = i.bucket and t.voter_id = i.id) l
join line_attempt a on a.lease_id = l.lease_id
join call_result r on r.lease_id = a.lease_id and r.phonebank_id = a.phonebank_id
  and r.caller_id = a.caller_id
order by r.at
