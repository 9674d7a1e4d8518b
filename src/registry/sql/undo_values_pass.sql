-- The versions that a later import repeated are its own now.
update record_value r set import_id = p.import_id
from undo_pass p
where r.import_id = $1 and p.home_id = r.home_id
