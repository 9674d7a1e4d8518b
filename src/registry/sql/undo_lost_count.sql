-- How many identities, and how many persons, have no record left.
select count(*), count(distinct voter_id) filter (where not exists (
    select 1 from record_value r where r.bucket = u.bucket and r.voter_id = u.voter_id))
from undo_lost u
