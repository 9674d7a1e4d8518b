-- A simulation's voters
copy voter (bucket, voter_id, import_id, source, external_id, status, protected, last_name, first_name, party, gender, birth_year, state, county, city, zip5, phone) from stdin
