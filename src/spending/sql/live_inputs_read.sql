-- What was read of live inputs.
update live_input l
set value = r.value, error = r.error, counts = r.counts, votes = r.votes, problem = r.problem, read_at = $7
from unnest($1::bigint[], $2::double precision[], $3::double precision[], $4::double precision[], $5::bigint[],
            $6::text[]) as r(id, value, error, counts, votes, problem)
where l.live_input_id = r.id
