-- What callers noted about these voters before, newest first
select a.voter_id, a.ended_at, a.disposition, a.note, a.number
from unnest($1::smallint[], $2::bigint[]) as v(bucket, voter_id)
cross join lateral (
  select c.voter_id, c.ended_at, c.disposition, c.note, c.number from contact_attempt c
  where c.bucket = v.bucket and c.voter_id = v.voter_id
  order by c.ended_at desc limit $3
) a
