-- All votes of some voters, by bucket and id.
select distinct t.voter_id, t.election_id
from unnest($1::smallint[], $2::bigint[]) as r (bucket, voter_id)
join vote t on t.bucket = r.bucket and t.voter_id = r.voter_id
