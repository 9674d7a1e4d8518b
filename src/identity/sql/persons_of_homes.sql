-- Whose identities these are now: nothing of those who are gone or protected.
select w.home_id, v.voter_id
from unnest($1::bigint[], $2::smallint[]) as w (home_id, bucket)
left join link l on l.home_id = w.home_id
join voter v on v.bucket = coalesce(l.bucket, w.bucket)
  and v.voter_id = coalesce(l.voter_id, w.home_id)
where not v.protected
