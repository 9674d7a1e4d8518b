-- An undone import held nobody.
delete from import_presence where import_id = $1
