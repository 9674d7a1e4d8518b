-- The members of all lists as the persons that they are now: of one with several identities on a list the hold-out counts, else the first in the list's order.
copy (
  select m.list_id, m.voter_id, m.arm
  from list_member m
  where not exists (select 1 from link l where l.home_id = m.voter_id)
    and not exists (select 1 from link l where l.bucket = m.bucket and l.voter_id = m.voter_id)
  union all
  (select distinct on (m.list_id, p.voter_id) m.list_id, p.voter_id, m.arm
   from (
     select home_bucket, home_id, voter_id from link
     union
     select bucket, voter_id, voter_id from link
   ) p
   join list_member m on m.bucket = p.home_bucket and m.voter_id = p.home_id
   order by m.list_id, p.voter_id, m.arm <> 0, m.ordinal)
) to stdout
