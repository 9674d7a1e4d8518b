-- The scores of some voters, by bucket and id.
select t.voter_id, t.support, t.turnout, t.persuadability, t.other
from unnest($1::smallint[], $2::bigint[]) as r (bucket, voter_id)
join voter_score t on t.bucket = r.bucket and t.voter_id = r.voter_id
