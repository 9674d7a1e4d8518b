-- The identities of a person that have records, those that were persons later first.
select h.home_id
from (
  select $2::bigint as home_id, null::timestamptz as at
  union all
  select l.home_id, l.at from link l where l.bucket = $1 and l.voter_id = $2
) h
where exists (select 1 from record_value r
              where r.bucket = $1 and r.voter_id = $2 and r.home_id = h.home_id)
order by h.at desc nulls first, h.home_id
