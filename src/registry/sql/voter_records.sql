-- The rows of files that belong to the voter, newest first: the voter's own identity, unless it is linked to somebody else, and those that are linked to the voter.
select r.import_id, r.source, r.external_id, r.line
from (
  select $1::smallint as bucket, $2::bigint as home_id
  where not exists (select 1 from link where home_id = $2)
  union all
  select home_bucket, home_id from link where bucket = $1 and voter_id = $2
) i
join source_record r on r.bucket = i.bucket and r.voter_id = i.home_id
order by r.import_id desc, r.line
limit 50
