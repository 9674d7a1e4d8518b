-- The numbers of those who have joined a phone bank's list since it last took such in
select distinct t.number
from phonebank p
join list_member m on m.list_id = p.list_id and m.joined_at > p.followed_to and m.arm = p.arm
join call_target t on t.phonebank_id = p.phonebank_id and t.home_id = m.voter_id
  and t.home_bucket = m.bucket
left join link l on l.home_id = m.voter_id
where p.phonebank_id = $1 and t.voter_id = coalesce(l.voter_id, m.voter_id)
