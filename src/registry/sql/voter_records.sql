-- The rows of files that belong to the voter, newest first; a later link decides.
select import_id, source, external_id, line
from source_record
where bucket = $1 and voter_id = $2
order by import_id desc, line
limit 50
