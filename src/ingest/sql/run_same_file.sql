-- The import that had this very file.
select import_id from import_run
where state = 'published' and layout = $1 and file_sha256 = $2
