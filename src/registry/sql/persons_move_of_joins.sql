-- All identities of the persons who go: their own, and those that were joined to them before.
insert into person_move (home_bucket, home_id, from_bucket, from_id, to_bucket, to_id)
select from_bucket, from_id, from_bucket, from_id, to_bucket, to_id from person_join
union all
select l.home_bucket, l.home_id, j.from_bucket, j.from_id, j.to_bucket, j.to_id
from person_join j
join link l on l.bucket = j.from_bucket and l.voter_id = j.from_id
