-- Every place and leading digits among a phone bank's targets: what the time zones follow from
select distinct v.state, v.county, coalesce(left(v.zip5, 3), ''), t.number / 10000000
from call_target t
join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
where t.phonebank_id = $1
