-- All votes of the voters that an import brought or changed: some voter files hold the history too.
select distinct t.voter_id, t.election_id
from (
  select r.bucket, r.voter_id from source_record r where r.import_id = $1
  union
  select l.bucket, l.voter_id
  from source_record r join link l on l.home_id = r.voter_id where r.import_id = $1
) r
join vote t on t.bucket = r.bucket and t.voter_id = r.voter_id
