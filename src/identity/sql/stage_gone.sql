-- Which of them cannot be joined any more: a voter was undone or erased since, or is protected now.
select s.ordinal
from match_stage s
where not exists (select 1 from voter v
                  where v.bucket = s.bucket_a and v.voter_id = s.voter_a and not v.protected)
   or not exists (select 1 from voter v
                  where v.bucket = s.bucket_b and v.voter_id = s.voter_b and not v.protected)
