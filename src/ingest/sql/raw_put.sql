-- A piece without the rows of somebody who was erased.
update import_raw set data = $3 where import_id = $1 and chunk = $2
