-- What runs in this database now, whichever process runs it.
select import_id, file_name, started_at from import_run where state = 'running'
order by import_id desc limit 1
