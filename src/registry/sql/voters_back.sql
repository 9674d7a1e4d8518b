-- Voters whose records had all been undone and who come again: with the ids that they had.
insert into voter (
  bucket, voter_id, import_id, source, external_id, status, status_reason, protected, last_name,
  first_name, middle_name, suffix, gender, race, ethnicity, party, birth_year, birth_month,
  birth_date, birth_place, registered_on, state, county, street, city, zip5, zip4, mail_address,
  household_id, phone, email, precinct, municipality, ward, congressional_district,
  state_senate_district, state_house_district, school_district, county_commission_district,
  districts, quality
)
select c.bucket, c.voter_id, c.import_id, c.source, c.external_id, c.status, c.status_reason,
       c.protected, c.last_name, c.first_name, c.middle_name, c.suffix, c.gender, c.race,
       c.ethnicity, c.party, c.birth_year, c.birth_month, c.birth_date, c.birth_place,
       c.registered_on, c.state, c.county, c.street, c.city, c.zip5, c.zip4, c.mail_address,
       c.household_id, c.phone, c.email, c.precinct, c.municipality, c.ward,
       c.congressional_district, c.state_senate_district, c.state_house_district, c.school_district,
       c.county_commission_district, c.districts, c.quality
from voter_change c
where not exists (select 1 from person_set s
                  where s.bucket = c.bucket and s.voter_id = c.voter_id)
