-- What a household is reckoned from.
select state, zip5, street from voter where bucket = $1 and voter_id = $2
