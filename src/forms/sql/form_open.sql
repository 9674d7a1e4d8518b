-- A form as its version of the script asks, and who the voter behind a link is now
select coalesce(l.voter_id, i.home_id), f.name, f.expires_at, f.closed_at, f.script_id,
  f.script_version, v.body, coalesce(l.bucket, i.home_bucket)
from (select $2::smallint as home_bucket, $3::bigint as home_id) i
left join link l on l.home_id = i.home_id and l.home_bucket = i.home_bucket
join form f on f.form_id = $1
join script_version v on v.script_id = f.script_id and v.version = f.script_version
