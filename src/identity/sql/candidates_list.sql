-- A page of the queue, the greatest gain first: $1 the state, $2 a source or null, $3 the least probability, $4 of one source or not or null, $5 the last one of the page before, $6 how many.
select c.candidate_id, c.probability, c.gain, c.adds, c.same_source, c.state, c.home_a, c.home_b,
       va.voter_id, va.source, va.last_name, va.first_name, va.middle_name, va.suffix,
       va.birth_year, va.city,
       vb.voter_id, vb.source, vb.last_name, vb.first_name, vb.middle_name, vb.suffix,
       vb.birth_year, vb.city
from match_candidate_live c
join voter va on va.bucket = c.voter_bucket_a and va.voter_id = c.voter_a
join voter vb on vb.bucket = c.voter_bucket_b and vb.voter_id = c.voter_b
where c.state = $1
  and ($2::text is null or va.source = $2 or vb.source = $2)
  and c.probability >= $3
  and ($4::boolean is null or c.same_source = $4)
  and ($5::bigint is null
       or (c.gain, -c.candidate_id) < (select p.gain, -p.candidate_id from match_candidate p
                                       where p.candidate_id = $5))
order by c.gain desc, c.candidate_id
limit $6
