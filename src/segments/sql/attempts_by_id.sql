-- All contact attempts of some voters, by bucket and id.
select t.voter_id, t.attempt_id, t.disposition, t.ended_at, t.phonebank_id
from unnest($1::smallint[], $2::bigint[]) as r (bucket, voter_id)
join contact_attempt t on t.bucket = r.bucket and t.voter_id = r.voter_id
