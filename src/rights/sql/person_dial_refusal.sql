-- When numbers of a person were shown and, a moment later, must not be called.
select to_jsonb(d) - $3::text[]
from (select distinct t.lease_id from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
      join contact_attempt t on t.bucket = i.bucket and t.voter_id = i.id) l
join dial_refusal d on d.lease_id = l.lease_id
order by d.at
