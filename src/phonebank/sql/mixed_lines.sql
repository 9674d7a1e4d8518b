-- Lines whose voters live in different zones: the zones of all of them count; of all numbers ($3 empty) or of some
select t.number, array_agg(distinct p.zone_set_id)
from call_target t
join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
cross join lateral (
  select ($2::jsonb -> concat_ws('|', v.state, coalesce(left(v.zip5, 3), ''),
                                 t.number / 10000000, v.county) ->> 0)::bigint as zone_set_id
) p
where t.phonebank_id = $1 and (cardinality($3::bigint[]) = 0 or t.number = any($3))
group by t.number
having count(distinct p.zone_set_id) > 1
