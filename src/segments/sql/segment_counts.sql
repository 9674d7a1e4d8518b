-- A segment's counts since a moment, oldest first
select at, version, position, voters, households, with_phone
from segment_count
where segment_id = $1 and at >= $2
order by at
