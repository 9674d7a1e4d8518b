-- The published voter files of a source that came after an import, oldest first.
select import_id from import_run
where state = 'published' and kind = 'voters' and source = $1 and import_id > $2
order by import_id
