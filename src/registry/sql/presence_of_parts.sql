-- Whom the history files of a source held, by election, oldest first.
select import_id, part, data from import_presence
where source = $1 and part <> '' order by import_id, part
