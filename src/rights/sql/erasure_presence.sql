-- Whom the files of some sources held.
select import_id, part, data from import_presence where source = any($1::text[])
order by import_id, part
