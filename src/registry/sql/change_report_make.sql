-- What a dry run would change, value by value: each changed row against the newest version of its identity.
create temporary table change_report on commit drop as
select c.home_id, c.external_id, c.protected or p.protected as protected, d.field, d.old, d.new
from voter_change c
join lateral (
  (select r.status, r.status_reason, r.protected, r.last_name, r.first_name, r.middle_name,
     r.suffix, r.gender, r.race, r.ethnicity, r.party, r.birth_year, r.birth_month,
     r.birth_date, r.birth_place, r.registered_on, r.state, r.county, r.street, r.city,
     r.zip5, r.zip4, r.mail_address, r.phone, r.email, r.precinct, r.municipality, r.ward,
     r.congressional_district, r.state_senate_district, r.state_house_district,
     r.school_district, r.county_commission_district, r.districts
   from record_value r
   where r.bucket = c.bucket and r.home_id = c.home_id
   order by r.import_id desc limit 1)
  union all
  (select v.status, v.status_reason, v.protected, v.last_name, v.first_name, v.middle_name,
     v.suffix, v.gender, v.race, v.ethnicity, v.party, v.birth_year, v.birth_month,
     v.birth_date, v.birth_place, v.registered_on, v.state, v.county, v.street, v.city,
     v.zip5, v.zip4, v.mail_address, v.phone, v.email, v.precinct, v.municipality, v.ward,
     v.congressional_district, v.state_senate_district, v.state_house_district,
     v.school_district, v.county_commission_district, v.districts
   from voter v
   where v.bucket = c.bucket and v.voter_id = c.home_id
     and not exists (select 1 from record_value r
                     where r.bucket = c.bucket and r.home_id = c.home_id))
) p on true
cross join lateral (
  values
    ('status', p.status, c.status),
    ('status_reason', p.status_reason, c.status_reason),
    ('protected', p.protected::text, c.protected::text),
    ('last_name', p.last_name, c.last_name),
    ('first_name', p.first_name, c.first_name),
    ('middle_name', p.middle_name, c.middle_name),
    ('suffix', p.suffix, c.suffix),
    ('gender', p.gender, c.gender),
    ('race', p.race, c.race),
    ('ethnicity', p.ethnicity, c.ethnicity),
    ('party', p.party, c.party),
    ('birth_year', p.birth_year::text, c.birth_year::text),
    ('birth_month', p.birth_month::text, c.birth_month::text),
    ('birth_date', p.birth_date::text, c.birth_date::text),
    ('birth_place', p.birth_place, c.birth_place),
    ('registered_on', p.registered_on::text, c.registered_on::text),
    ('state', p.state, c.state),
    ('county', p.county, c.county),
    ('street', p.street, c.street),
    ('city', p.city, c.city),
    ('zip5', p.zip5, c.zip5),
    ('zip4', p.zip4, c.zip4),
    ('mail_address', p.mail_address, c.mail_address),
    ('phone', p.phone::text, c.phone::text),
    ('email', p.email, c.email),
    ('precinct', p.precinct, c.precinct),
    ('municipality', p.municipality, c.municipality),
    ('ward', p.ward, c.ward),
    ('congressional_district', p.congressional_district, c.congressional_district),
    ('state_senate_district', p.state_senate_district, c.state_senate_district),
    ('state_house_district', p.state_house_district, c.state_house_district),
    ('school_district', p.school_district, c.school_district),
    ('county_commission_district', p.county_commission_district, c.county_commission_district),
    ('districts', p.districts::text, c.districts::text)
) d(field, old, new)
where not c.is_back and d.old is distinct from d.new
