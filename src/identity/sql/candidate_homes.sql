-- Which identities a pair is about, as long as there is something to decide; the one first whose person stays at a join: of the official roll, else the one with the lower id.
select case when o.is_turned then c.home_b else c.home_a end,
       case when o.is_turned then c.home_a else c.home_b end
from match_candidate_live c
join voter va on va.bucket = c.voter_bucket_a and va.voter_id = c.voter_a
join voter vb on vb.bucket = c.voter_bucket_b and vb.voter_id = c.voter_b
cross join lateral (
  select (vb.source = lower(vb.state), -vb.voter_id) > (va.source = lower(va.state), -va.voter_id)
    as is_turned
) o
where c.candidate_id = $1
