-- Every place and leading digits among a phone bank's targets: what the time zones follow from; of all numbers ($2 empty) or of some
select distinct v.state, v.county, coalesce(left(v.zip5, 3), ''), t.number / 10000000
from call_target t
join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
where t.phonebank_id = $1 and (cardinality($2::bigint[]) = 0 or t.number = any($2))
