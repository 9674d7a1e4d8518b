-- Forms with how far their links are, newest first, at most $2; one, or all
select f.form_id, f.name, f.list_id, l.name, f.script_id, s.name, f.script_version, f.expires_at,
  f.closed_at, f.created_at, coalesce(n.links, 0), coalesce(n.opened, 0), coalesce(n.begun, 0),
  coalesce(n.done, 0)
from form f
join list l on l.list_id = f.list_id
join script s on s.script_id = f.script_id
left join (
  select k.form_id, count(*) as links, count(k.opened_at) as opened,
    count(*) filter (where k.saved_at is not null and k.done_at is null) as begun,
    count(k.done_at) as done
  from form_link k
  where $1::bigint is null or k.form_id = $1
  group by k.form_id
) n on n.form_id = f.form_id
where $1::bigint is null or f.form_id = $1
order by f.form_id desc
limit $2
