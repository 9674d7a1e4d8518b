-- The identities of a person that have a record: the person's own and those that were linked to it.
with home as (
  select $2::bigint as home_id, $1::smallint as home_bucket
  union all
  select home_id, home_bucket from link where bucket = $1 and voter_id = $2
)
select h.home_id
from home h
where exists (select 1 from source_record r where r.bucket = h.home_bucket and r.voter_id = h.home_id)
order by h.home_id
