-- How many rows repeat another row of the file, and how many look like a voter who is known.
select count(*) filter (where voter_id is null and not is_first),
       count(*) filter (where voter_id is not null)
from duplicate_found
