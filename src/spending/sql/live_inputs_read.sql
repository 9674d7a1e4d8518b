-- What was read of live inputs. What has hardly moved keeps its numbers, so that many small steps add up to one that makes plans old.
update live_input l
set value = case when r.moved then r.value else l.value end,
  error = case when r.moved then r.error else l.error end,
  counts = case when r.moved then r.counts else l.counts end,
  votes = case when r.moved then r.votes else l.votes end,
  problem = r.problem, read_at = $8
from unnest($1::bigint[], $2::double precision[], $3::double precision[], $4::double precision[], $5::bigint[],
            $6::text[], $7::boolean[]) as r(id, value, error, counts, votes, problem, moved)
where l.live_input_id = r.id
