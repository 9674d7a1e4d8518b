-- The identities of a person: its own, and those that are linked to it.
select i.bucket, i.home_id
from (
  select $1::smallint as bucket, $2::bigint as home_id
  union
  select home_bucket, home_id from link where bucket = $1 and voter_id = $2
) i
order by i.home_id
