-- A correction comes: the record of a voter that until now was the profile itself is written out.
insert into record_value (
  home_id, bucket, voter_id, import_id, source, external_id, status, status_reason, protected,
  last_name, first_name, middle_name, suffix, gender, race, ethnicity, party, birth_year,
  birth_month, birth_date, birth_place, registered_on, state, county, street, city, zip5, zip4,
  mail_address, household_id, phone, email, precinct, municipality, ward, congressional_district,
  state_senate_district, state_house_district, school_district, county_commission_district,
  districts, quality
)
select v.voter_id, v.bucket, v.voter_id, s.import_id, v.source, v.external_id, v.status,
       v.status_reason, v.protected, v.last_name, v.first_name, v.middle_name, v.suffix, v.gender,
       v.race, v.ethnicity, v.party, v.birth_year, v.birth_month, v.birth_date, v.birth_place,
       v.registered_on, v.state, v.county, v.street, v.city, v.zip5, v.zip4, v.mail_address,
       v.household_id, v.phone, v.email, v.precinct, v.municipality, v.ward,
       v.congressional_district, v.state_senate_district, v.state_house_district, v.school_district,
       v.county_commission_district, v.districts, v.quality
from voter v
join lateral (
  select r.import_id from source_record r
  where r.bucket = v.bucket and r.voter_id = v.voter_id
  order by r.import_id desc limit 1
) s on true
where v.bucket = $1 and v.voter_id = $2
  and not exists (select 1 from record_value r where r.bucket = $1 and r.voter_id = $2)
on conflict do nothing
