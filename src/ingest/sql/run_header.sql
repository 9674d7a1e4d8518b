-- The first line of an import's file, if it names the columns.
select header from import_run where import_id = $1
