-- Published imports of rows that an import had rejected, newest first.
select import_id from import_run where mends = $1 and state = 'published' order by import_id desc
