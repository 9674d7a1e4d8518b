-- All votes of the voters that an import brought or changed: some voter files hold the history too.
select t.voter_id, t.election_id
from (select distinct bucket, voter_id from source_record where import_id = $1) r
join vote t on t.bucket = r.bucket and t.voter_id = r.voter_id
