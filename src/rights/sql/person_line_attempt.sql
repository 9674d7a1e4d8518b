-- When numbers of a person were shown to callers.
select to_jsonb(a) - $3::text[]
from (select distinct t.lease_id from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
      join contact_attempt t on t.bucket = i.bucket and t.voter_id = i.id) l
join line_attempt a on a.lease_id = l.lease_id
order by a.shown_at
