-- All voters as the engine holds them, in the column order that voter_rows.cpp reads.
copy (
  select voter_id, household_id, birth_year, birth_date, phone is not null, protected, false,
    state, county, precinct, municipality, city, zip5, congressional_district,
    state_senate_district, state_house_district, party, gender, race, ethnicity, status,
    (phone / 10000000)::int, false
  from voter
) to stdout
