-- Two become one: the record of each who until now was the profile itself is written out; where it is already, it is among them.
insert into record_value (
  home_id, bucket, voter_id, import_id, source, external_id, status, status_reason, protected,
  last_name, first_name, middle_name, suffix, gender, race, ethnicity, party, birth_year,
  birth_month, birth_date, birth_place, registered_on, state, county, street, city, zip5, zip4,
  mail_address, household_id, phone, email, precinct, municipality, ward, congressional_district,
  state_senate_district, state_house_district, school_district, county_commission_district,
  districts, quality
)
select
  v.voter_id, v.bucket, v.voter_id, s.import_id, v.source, v.external_id, v.status,
  v.status_reason, v.protected, v.last_name, v.first_name, v.middle_name, v.suffix, v.gender,
  v.race, v.ethnicity, v.party, v.birth_year, v.birth_month, v.birth_date, v.birth_place,
  v.registered_on, v.state, v.county, v.street, v.city, v.zip5, v.zip4, v.mail_address,
  v.household_id, v.phone, v.email, v.precinct, v.municipality, v.ward, v.congressional_district,
  v.state_senate_district, v.state_house_district, v.school_district,
  v.county_commission_district, v.districts, v.quality
from (
  select p.bucket, p.voter_id, max(r.import_id) as import_id
  from (select from_bucket as bucket, from_id as voter_id from person_move
        union
        select to_bucket, to_id from person_move) p
  join source_record r on r.bucket = p.bucket and r.voter_id = p.voter_id
  group by p.bucket, p.voter_id
) s
join voter v on v.bucket = s.bucket and v.voter_id = s.voter_id
on conflict do nothing
