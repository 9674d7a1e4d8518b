-- Who is on one of two lists only, as they were frozen, by voter; and whether a joined one came with an import after the older was frozen.
select d.voter_id, d.joined, d.arm, d.joined and coalesce((
    select min(i.ended_at) > $3 from source_record r join import_run i using (import_id)
    where r.bucket = d.bucket and r.voter_id = d.voter_id and i.state = 'published'), false)
from (
  select coalesce(a.bucket, b.bucket) as bucket, coalesce(a.voter_id, b.voter_id) as voter_id,
    a.voter_id is null as joined, coalesce(oa.arms ->> a.arm, ob.arms ->> b.arm) as arm
  from (select * from list_member where list_id = $1 and joined_at is null) a
  full join (select * from list_member where list_id = $2 and joined_at is null) b
    on b.bucket = a.bucket and b.voter_id = a.voter_id
  left join list oa on oa.list_id = a.list_id
  left join list ob on ob.list_id = b.list_id
  where a.voter_id is null or b.voter_id is null
) d
order by d.voter_id
