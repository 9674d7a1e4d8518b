-- Rejected rows of a source that hold an id; whether they are the person's is looked at row by row.
select r.import_id, r.line, n.file_name, r.raw, n.kind
from import_reject r
join import_run n on n.import_id = r.import_id
where n.source = $1 and position($2 in r.raw) > 0
order by r.import_id, r.line
