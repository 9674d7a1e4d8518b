-- What a phone bank must know of a list: voters with a phone, arms by their number, whether it can be followed; no row if there is none
select with_phone, array(select jsonb_array_elements_text(arms)), segment_id is not null,
       size_max is not null or frame is not null
from list where list_id = $1
