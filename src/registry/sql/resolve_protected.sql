-- Of whoever is protected by law, by whichever source, nothing is kept that leads to the door.
update resolved
set street = null, city = null, zip5 = null, zip4 = null, mail_address = null, household_id = null,
    phone = null, email = null
where protected
