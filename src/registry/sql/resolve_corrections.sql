-- What people have corrected by hand wins over all records; of two corrections of a field the later. One that was made for an identity whose records were undone waits until it comes again.
update resolved t
set (source, external_id, status, status_reason, protected, last_name, first_name, middle_name,
     suffix, gender, race, ethnicity, party, birth_year, birth_month, birth_date, birth_place,
     registered_on, state, county, street, city, zip5, zip4, mail_address, household_id, phone,
     email, precinct, municipality, ward, congressional_district, state_senate_district,
     state_house_district, school_district, county_commission_district, districts, quality)
  = (
    select f.source, f.external_id, f.status, f.status_reason, f.protected, f.last_name,
      f.first_name, f.middle_name, f.suffix, f.gender, f.race, f.ethnicity, f.party, f.birth_year,
      f.birth_month, f.birth_date, f.birth_place, f.registered_on, f.state, f.county, f.street,
      f.city, f.zip5, f.zip4, f.mail_address, f.household_id, f.phone, f.email, f.precinct,
      f.municipality, f.ward, f.congressional_district, f.state_senate_district,
      f.state_house_district, f.school_district, f.county_commission_district, f.districts,
      f.quality
    from jsonb_populate_record(t, c.fields) f)
from (
  select k.bucket, k.voter_id, jsonb_object_agg(e.key, e.value order by k.correction_id) as fields
  from person_set s
  join correction k on k.bucket = s.bucket and k.voter_id = s.voter_id
  cross join lateral jsonb_each(k.fields) e
  where k.ended_at is null
    and exists (select 1 from record_value r
                where r.bucket = k.bucket and r.home_id = k.home_id)
  group by k.bucket, k.voter_id
) c
where t.bucket = c.bucket and t.voter_id = c.voter_id
