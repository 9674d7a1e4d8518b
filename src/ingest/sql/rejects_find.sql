-- Rows that were not taken, behind a cursor.
select line, byte_offset, column_name, reason, raw
from import_reject
where import_id = $1 and line > $2
order by line
limit $3
