-- The versions of the identities that have another person now.
with gone as (
  delete from record_value r using person_move m
  where r.bucket = m.from_bucket and r.voter_id = m.from_id and r.home_id = m.home_id
  returning m.to_bucket, m.to_id, r.*
)
insert into record_value (
  home_id, bucket, voter_id, import_id, source, external_id, status, status_reason, protected,
  last_name, first_name, middle_name, suffix, gender, race, ethnicity, party, birth_year,
  birth_month, birth_date, birth_place, registered_on, state, county, street, city, zip5, zip4,
  mail_address, household_id, phone, email, precinct, municipality, ward, congressional_district,
  state_senate_district, state_house_district, school_district, county_commission_district,
  districts, quality
)
select
  home_id, to_bucket, to_id, import_id, source, external_id, status, status_reason, protected,
  last_name, first_name, middle_name, suffix, gender, race, ethnicity, party, birth_year,
  birth_month, birth_date, birth_place, registered_on, state, county, street, city, zip5, zip4,
  mail_address, household_id, phone, email, precinct, municipality, ward, congressional_district,
  state_senate_district, state_house_district, school_district, county_commission_district,
  districts, quality
from gone
