-- Frozen: nobody can see the table before it is attached, so no row needs a later vacuum.
copy voter_i{import} (
  bucket, voter_id, import_id, source, external_id, status, status_reason, protected, last_name,
  first_name, middle_name, suffix, gender, race, ethnicity, party, birth_year, birth_month,
  birth_date, birth_place, registered_on, state, county, street, city, zip5, zip4, mail_address,
  household_id, phone, email, precinct, municipality, ward, congressional_district,
  state_senate_district, state_house_district, school_district, county_commission_district,
  districts, quality
) from stdin (format binary, freeze)
