-- Whether the same file may have been imported before: then its digest is worth reckoning first.
select count(*) from import_run
where state = 'published' and layout = $1 and file_bytes = $2
