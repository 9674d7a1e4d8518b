-- The piece of an import that holds a line, and the line's place in it.
select data, $2::bigint - first_row
from import_raw
where import_id = $1 and first_row <= $2 and first_row + rows > $2
order by chunk desc
limit 1
