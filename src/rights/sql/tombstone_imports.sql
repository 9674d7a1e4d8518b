-- The imports that brought records.
select import_id from import_run where kind = 'voters' and state = 'published' order by import_id
