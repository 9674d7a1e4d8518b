-- The other votes of an undone import.
delete from vote where import_id = $1
