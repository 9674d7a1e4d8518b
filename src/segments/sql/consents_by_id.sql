-- What counts today of what some voters said on consent, by bucket and id.
select t.voter_id, t.purpose, t.channel, t.state
from unnest($1::smallint[], $2::bigint[]) as r (bucket, voter_id)
join consent t on t.bucket = r.bucket and t.voter_id = r.voter_id
