-- Rejected rows of some sources that hold an id and a name of a person.
select r.import_id, r.line, n.file_name, r.raw
from import_reject r
join import_run n on n.import_id = r.import_id
where n.source = $1 and position($2 in r.raw) > 0
order by r.import_id, r.line
