-- What was kept of an import that did not publish.
delete from import_raw where import_id = $1
