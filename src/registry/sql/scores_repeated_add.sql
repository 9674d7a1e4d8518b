-- The last row of an identity wins.
insert into score_run (
  bucket, voter_id, home_id, import_id, support, turnout, persuadability, other
)
select distinct on (bucket, voter_id, home_id)
  bucket, voter_id, home_id, import_id, support, turnout, persuadability, other
from score_stage
order by bucket, voter_id, home_id, line desc
