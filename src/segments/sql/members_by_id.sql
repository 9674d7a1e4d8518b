-- The lists that some persons are on under any identity, by bucket and id: of several on one list the hold-out counts, else the first in the list's order.
select distinct on (m.list_id, i.voter_id) i.voter_id, m.list_id, m.arm
from (
  select r.voter_id, r.bucket as home_bucket, r.voter_id as home_id
  from unnest($1::smallint[], $2::bigint[]) as r (bucket, voter_id)
  union all
  select r.voter_id, k.home_bucket, k.home_id
  from unnest($1::smallint[], $2::bigint[]) as r (bucket, voter_id)
  join link k on k.bucket = r.bucket and k.voter_id = r.voter_id
) i
join list_member m on m.list_id in (select list_id from list)
  and m.bucket = i.home_bucket and m.voter_id = i.home_id
order by m.list_id, i.voter_id, m.arm <> 0, m.ordinal
