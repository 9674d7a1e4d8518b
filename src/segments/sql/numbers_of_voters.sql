-- The best numbers of some voters, by bucket and id
select v.phone
from unnest($1::smallint[], $2::bigint[]) as r (bucket, voter_id)
join voter v on v.bucket = r.bucket and v.voter_id = r.voter_id
where v.phone is not null
