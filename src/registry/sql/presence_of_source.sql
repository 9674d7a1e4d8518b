-- Whom the published voter files of a source held, oldest first.
select import_id, data from import_presence
where source = $1 and part = '' order by import_id
