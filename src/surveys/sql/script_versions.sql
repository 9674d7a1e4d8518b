-- A script in each of its versions, newest first
select v.script_id, s.name, v.version, v.body, v.saved_at, v.saved_by
from script_version v
join script s on s.script_id = v.script_id
where v.script_id = $1
order by v.version desc
limit $2
