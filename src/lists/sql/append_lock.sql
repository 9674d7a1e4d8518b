-- One writer of a list's later members at a time, and the place after its last
select coalesce((select max(m.ordinal) from list_member m where m.list_id = l.list_id), 0)
from list l where l.list_id = $1 for update of l
