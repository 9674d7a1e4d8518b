-- Lines whose voters live in different zones: the zones of all of them count
with place as (
  select * from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::smallint[])
    as p(state, county, zip3, prefix, zone_set_id)
)
select t.number, array_agg(distinct p.zone_set_id)
from call_target t
join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
join place p on p.state = v.state and p.county = v.county
  and p.zip3 = coalesce(left(v.zip5, 3), '') and p.prefix = t.number / 10000000
where t.phonebank_id = $1
group by t.number
having count(distinct p.zone_set_id) > 1
