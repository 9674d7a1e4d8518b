-- Of whoever is protected by law, by whichever source, nothing is kept that leads to the door.
update resolved
set street = null, city = null, zip5 = null, zip4 = null, mail_address = null, household_id = null,
    phone = null, email = null, precinct = null, municipality = null, ward = null,
    congressional_district = null, state_senate_district = null, state_house_district = null,
    school_district = null, county_commission_district = null, districts = null
where protected
