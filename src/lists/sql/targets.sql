-- Who of a list may be called: the treated with a number, in the list's order, a page at a time; each person once, and nobody of whom another identity is in the hold-out.
select m.ordinal, v.voter_id, v.phone, v.household_id
from list_member m
left join link l on l.home_id = m.voter_id
join voter v on v.bucket = coalesce(l.bucket, m.bucket)
  and v.voter_id = coalesce(l.voter_id, m.voter_id)
where m.list_id = $1 and m.ordinal > $2 and m.arm = 1 and v.phone is not null
  and not exists (
    select 1 from (
      select v.bucket, v.voter_id
      union all
      select k.home_bucket, k.home_id from link k
      where k.bucket = v.bucket and k.voter_id = v.voter_id) i
    join list_member x
      on x.list_id = m.list_id and x.bucket = i.bucket and x.voter_id = i.voter_id
    where x.arm = 0 or x.ordinal < m.ordinal)
order by m.ordinal limit $3
