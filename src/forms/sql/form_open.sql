-- A form as its version of the script asks, and who the voter behind a link is now
select coalesce((select l.voter_id from link l where l.home_id = $3 and l.home_bucket = $2), $3),
  f.name, f.expires_at, f.closed_at, f.script_id, f.script_version, v.body
from form f
join script_version v on v.script_id = f.script_id and v.version = f.script_version
where f.form_id = $1
