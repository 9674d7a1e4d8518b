-- One pair with its evidence, as candidates_list has it.
select c.candidate_id, c.probability, c.gain, c.adds, c.same_source, c.state, c.home_a, c.home_b,
       va.voter_id, va.source, va.last_name, va.first_name, va.middle_name, va.suffix,
       va.birth_year, va.city,
       vb.voter_id, vb.source, vb.last_name, vb.first_name, vb.middle_name, vb.suffix,
       vb.birth_year, vb.city, c.bits, c.decision_id
from match_candidate_live c
join voter va on va.bucket = c.voter_bucket_a and va.voter_id = c.voter_a
join voter vb on vb.bucket = c.voter_bucket_b and vb.voter_id = c.voter_b
where c.candidate_id = $1
