-- How two lists differ as they were frozen: stayed, of these in another arm, joined, left. Arms are compared by name.
select count(*) filter (where a.voter_id is not null and b.voter_id is not null),
  count(*) filter (where oa.arms ->> a.arm <> ob.arms ->> b.arm),
  count(*) filter (where a.voter_id is null),
  count(*) filter (where b.voter_id is null)
from (select * from list_member where list_id = $1 and joined_at is null) a
full join (select * from list_member where list_id = $2 and joined_at is null) b
  on b.bucket = a.bucket and b.voter_id = a.voter_id
left join list oa on oa.list_id = a.list_id
left join list ob on ob.list_id = b.list_id
