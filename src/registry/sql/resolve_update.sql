-- Writes the resolved profiles over those that are there.
update voter v
set (import_id, source, external_id, status, status_reason, protected, last_name, first_name,
     middle_name, suffix, gender, race, ethnicity, party, birth_year, birth_month, birth_date,
     birth_place, registered_on, state, county, street, city, zip5, zip4, mail_address,
     household_id, phone, email, precinct, municipality, ward, congressional_district,
     state_senate_district, state_house_district, school_district, county_commission_district,
     districts, quality)
  = (
    r.import_id, r.source, r.external_id, r.status, r.status_reason, r.protected, r.last_name,
    r.first_name, r.middle_name, r.suffix, r.gender, r.race, r.ethnicity, r.party, r.birth_year,
    r.birth_month, r.birth_date, r.birth_place, r.registered_on, r.state, r.county, r.street,
    r.city, r.zip5, r.zip4, r.mail_address, r.household_id, r.phone, r.email, r.precinct,
    r.municipality, r.ward, r.congressional_district, r.state_senate_district,
    r.state_house_district, r.school_district, r.county_commission_district, r.districts, r.quality)
from resolved r
where v.bucket = r.bucket and v.voter_id = r.voter_id
