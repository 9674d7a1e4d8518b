-- Every profile by its identity.
copy (
  select source, external_id, status, status_reason, protected, last_name, first_name, middle_name,
    suffix, gender, race, ethnicity, party, birth_year, birth_month, birth_date,
    birth_place, registered_on, state, county, street, city, zip5, zip4, mail_address,
    household_id, phone, email, precinct, municipality, ward, congressional_district,
    state_senate_district, state_house_district, school_district,
    county_commission_district, districts, quality,
    (select n.file_sha256 from import_run n where n.import_id = v.absent_since_import)
  from voter v
) to stdout
