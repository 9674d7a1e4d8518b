-- The districts of a voter by name; a protected voter's would narrow down the address.
select d.name, d.value
from voter v
cross join lateral (
  values (1, 'congressional', v.congressional_district), (2, 'state_senate', v.state_senate_district),
         (3, 'state_house', v.state_house_district), (4, 'county_commission', v.county_commission_district),
         (5, 'school', v.school_district), (6, 'ward', v.ward)
  union all
  select 7, key, value from jsonb_each_text(v.districts)
) d(place, name, value)
where v.bucket = $1 and v.voter_id = $2 and not v.protected and d.value is not null
order by d.place, d.name
