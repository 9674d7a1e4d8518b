-- The published voter files of a source, oldest first: later records win.
select import_id from import_run
where state = 'published' and kind = 'voters' and source = $1
order by import_id
