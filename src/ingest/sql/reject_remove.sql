-- A rejected row of somebody who was erased; the import goes on counting it.
delete from import_reject where import_id = $1 and line = $2
