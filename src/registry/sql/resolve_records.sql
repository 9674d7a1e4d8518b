-- The profiles of the persons in person_set out of their records. First within each identity: the newest version counts, and its blanks clear what older versions had, save the fields that its import keeps. Then between a person's identities: each group of fields comes whole from one identity, chosen by the policy in survivorship. A source is official when it is the roll of the voter's own state.
insert into resolved (
  bucket, voter_id, import_id, source, external_id, status, status_reason, protected, last_name,
  first_name, middle_name, suffix, gender, race, ethnicity, party, birth_year, birth_month,
  birth_date, birth_place, registered_on, state, county, street, city, zip5, zip4, mail_address,
  household_id, phone, email, precinct, municipality, ward, congressional_district,
  state_senate_district, state_house_district, school_district, county_commission_district,
  districts, quality
)
with version as materialized (
  select r.*, n.blank_keeps as keeps
  from person_set s
  join record_value r on r.bucket = s.bucket and r.voter_id = s.voter_id
  join import_run n on n.import_id = r.import_id
  order by r.bucket, r.voter_id, r.home_id, r.import_id desc
), identity as materialized (
  select v.bucket, v.voter_id, v.home_id, max(v.import_id) as import_id,
    (array_agg(v.source))[1] = lower((array_agg(v.state))[1]) as official,
    (array_agg(v.source))[1] as source,
    (array_agg(v.external_id))[1] as external_id,
    (array_agg(v.status))[1] as status,
    (array_agg(v.status_reason) filter (
      where v.status_reason is not null
        or 'status_reason' <> all (v.keeps)))[1] as status_reason,
    (array_agg(v.protected))[1] as protected,
    (array_agg(v.last_name))[1] as last_name,
    (array_agg(v.first_name))[1] as first_name,
    (array_agg(v.middle_name) filter (
      where v.middle_name is not null
        or 'middle_name' <> all (v.keeps)))[1] as middle_name,
    (array_agg(v.suffix) filter (
      where v.suffix is not null
        or 'suffix' <> all (v.keeps)))[1] as suffix,
    (array_agg(v.gender) filter (
      where v.gender is not null
        or 'gender' <> all (v.keeps)))[1] as gender,
    (array_agg(v.race) filter (
      where v.race is not null
        or 'race' <> all (v.keeps)))[1] as race,
    (array_agg(v.ethnicity) filter (
      where v.ethnicity is not null
        or 'ethnicity' <> all (v.keeps)))[1] as ethnicity,
    (array_agg(v.party) filter (
      where v.party is not null
        or 'party' <> all (v.keeps)))[1] as party,
    (array_agg(v.birth_year) filter (
      where v.birth_year is not null
        or 'birth_year' <> all (v.keeps)))[1] as birth_year,
    (array_agg(v.birth_month) filter (
      where v.birth_month is not null
        or 'birth_month' <> all (v.keeps)))[1] as birth_month,
    (array_agg(v.birth_date) filter (
      where v.birth_date is not null
        or 'birth_date' <> all (v.keeps)))[1] as birth_date,
    (array_agg(v.birth_place) filter (
      where v.birth_place is not null
        or 'birth_place' <> all (v.keeps)))[1] as birth_place,
    (array_agg(v.registered_on) filter (
      where v.registered_on is not null
        or 'registered_on' <> all (v.keeps)))[1] as registered_on,
    (array_agg(v.state))[1] as state,
    (array_agg(v.county))[1] as county,
    (array_agg(v.street) filter (
      where v.street is not null
        or 'street' <> all (v.keeps)))[1] as street,
    (array_agg(v.city) filter (
      where v.city is not null
        or 'city' <> all (v.keeps)))[1] as city,
    (array_agg(v.zip5) filter (
      where v.zip5 is not null
        or 'zip5' <> all (v.keeps)))[1] as zip5,
    (array_agg(v.zip4) filter (
      where v.zip4 is not null
        or 'zip4' <> all (v.keeps)))[1] as zip4,
    (array_agg(v.mail_address) filter (
      where v.mail_address is not null
        or 'mail_address' <> all (v.keeps)))[1] as mail_address,
    (array_agg(v.household_id) filter (
      where v.street is not null
        or 'street' <> all (v.keeps)))[1] as household_id,
    (array_agg(v.phone) filter (
      where v.phone is not null
        or 'phone' <> all (v.keeps)))[1] as phone,
    (array_agg(v.email) filter (
      where v.email is not null
        or 'email' <> all (v.keeps)))[1] as email,
    (array_agg(v.precinct) filter (
      where v.precinct is not null
        or 'precinct' <> all (v.keeps)))[1] as precinct,
    (array_agg(v.municipality) filter (
      where v.municipality is not null
        or 'municipality' <> all (v.keeps)))[1] as municipality,
    (array_agg(v.ward) filter (
      where v.ward is not null
        or 'ward' <> all (v.keeps)))[1] as ward,
    (array_agg(v.congressional_district) filter (
      where v.congressional_district is not null
        or 'congressional_district' <> all (v.keeps)))[1] as congressional_district,
    (array_agg(v.state_senate_district) filter (
      where v.state_senate_district is not null
        or 'state_senate_district' <> all (v.keeps)))[1] as state_senate_district,
    (array_agg(v.state_house_district) filter (
      where v.state_house_district is not null
        or 'state_house_district' <> all (v.keeps)))[1] as state_house_district,
    (array_agg(v.school_district) filter (
      where v.school_district is not null
        or 'school_district' <> all (v.keeps)))[1] as school_district,
    (array_agg(v.county_commission_district) filter (
      where v.county_commission_district is not null
        or 'county_commission_district' <> all (v.keeps)))[1] as county_commission_district,
    (array_agg(v.districts) filter (
      where v.districts is not null
        or 'districts' <> all (v.keeps)))[1] as districts,
    (array_agg(v.quality))[1] as quality
  from version v
  group by v.bucket, v.voter_id, v.home_id
), several as materialized (
  select bucket, voter_id from identity group by bucket, voter_id having count(*) > 1
), policy as (
  select coalesce(bool_or(policy = 'official_first') filter (where field_group = 'roll'), true)
      as roll,
    coalesce(bool_or(policy = 'official_first') filter (where field_group = 'name'), true)
      as name,
    coalesce(bool_or(policy = 'official_first') filter (where field_group = 'birth'), true)
      as birth,
    coalesce(bool_or(policy = 'official_first') filter (where field_group = 'address'), true)
      as address,
    coalesce(bool_or(policy = 'official_first') filter (where field_group = 'districts'), true)
      as districts,
    coalesce(bool_or(policy = 'official_first') filter (where field_group = 'person'), true)
      as person,
    coalesce(bool_or(policy = 'official_first') filter (where field_group = 'party'), true)
      as party,
    coalesce(bool_or(policy = 'official_first') filter (where field_group = 'mail_address'), true)
      as mail_address,
    coalesce(bool_or(policy = 'official_first') filter (where field_group = 'phone'), false)
      as phone,
    coalesce(bool_or(policy = 'official_first') filter (where field_group = 'email'), false)
      as email
  from survivorship
), person as (
  select i.bucket, i.voter_id, max(i.import_id) as import_id, bool_or(i.protected) as protected,
    (array_agg(i.home_id
      order by p.roll and not i.official, i.import_id desc, i.source, i.external_id))[1] as roll,
    (array_agg(i.home_id
      order by (i.last_name <> '') desc,
      p.name and not i.official, i.import_id desc, i.source, i.external_id))[1] as name,
    (array_agg(i.home_id
      order by (coalesce(i.birth_year::text, i.birth_date::text) is not null) desc,
      p.birth and not i.official, i.import_id desc, i.source, i.external_id))[1] as birth,
    (array_agg(i.home_id
      order by (i.street is not null) desc,
      p.address and not i.official, i.import_id desc, i.source, i.external_id))[1] as address,
    (array_agg(i.home_id
      order by (coalesce(i.precinct, i.congressional_district) is not null) desc,
      p.districts and not i.official, i.import_id desc, i.source, i.external_id))[1] as districts,
    (array_agg(i.gender
      order by p.person and not i.official, i.import_id desc, i.source, i.external_id)
      filter (where i.gender is not null))[1] as gender,
    (array_agg(i.race
      order by p.person and not i.official, i.import_id desc, i.source, i.external_id)
      filter (where i.race is not null))[1] as race,
    (array_agg(i.ethnicity
      order by p.person and not i.official, i.import_id desc, i.source, i.external_id)
      filter (where i.ethnicity is not null))[1] as ethnicity,
    (array_agg(i.party
      order by p.party and not i.official, i.import_id desc, i.source, i.external_id)
      filter (where i.party is not null))[1] as party,
    (array_agg(i.mail_address
      order by p.mail_address and not i.official, i.import_id desc, i.source, i.external_id)
      filter (where i.mail_address is not null))[1] as mail_address,
    (array_agg(i.phone
      order by p.phone and not i.official, i.import_id desc, i.source, i.external_id)
      filter (where i.phone is not null))[1] as phone,
    (array_agg(i.email
      order by p.email and not i.official, i.import_id desc, i.source, i.external_id)
      filter (where i.email is not null))[1] as email
  from several s
  join identity i on i.bucket = s.bucket and i.voter_id = s.voter_id
  cross join policy p
  group by i.bucket, i.voter_id
)
select i.bucket, i.voter_id, i.import_id, i.source, i.external_id, i.status, i.status_reason,
       i.protected, i.last_name, i.first_name, i.middle_name, i.suffix, i.gender, i.race,
       i.ethnicity, i.party, i.birth_year, i.birth_month, i.birth_date, i.birth_place,
       i.registered_on, i.state, i.county, i.street, i.city, i.zip5, i.zip4, i.mail_address,
       i.household_id, i.phone, i.email, i.precinct, i.municipality, i.ward,
       i.congressional_district, i.state_senate_district, i.state_house_district,
       i.school_district, i.county_commission_district, i.districts, i.quality
from identity i
where not exists (select 1 from several s where s.bucket = i.bucket and s.voter_id = i.voter_id)
union all
select q.bucket, q.voter_id, q.import_id, roll_of.source, roll_of.external_id, roll_of.status,
       roll_of.status_reason, q.protected, name_of.last_name, name_of.first_name,
       name_of.middle_name, name_of.suffix, q.gender, q.race, q.ethnicity, q.party,
       birth_of.birth_year, birth_of.birth_month, birth_of.birth_date, birth_of.birth_place,
       roll_of.registered_on, address_of.state, address_of.county, address_of.street,
       address_of.city, address_of.zip5, address_of.zip4, q.mail_address, address_of.household_id,
       q.phone, q.email, districts_of.precinct, districts_of.municipality, districts_of.ward,
       districts_of.congressional_district, districts_of.state_senate_district,
       districts_of.state_house_district, districts_of.school_district,
       districts_of.county_commission_district, districts_of.districts, roll_of.quality
from person q
join identity roll_of on roll_of.bucket = q.bucket and roll_of.voter_id = q.voter_id
  and roll_of.home_id = q.roll
join identity name_of on name_of.bucket = q.bucket and name_of.voter_id = q.voter_id
  and name_of.home_id = q.name
join identity birth_of on birth_of.bucket = q.bucket and birth_of.voter_id = q.voter_id
  and birth_of.home_id = q.birth
join identity address_of on address_of.bucket = q.bucket and address_of.voter_id = q.voter_id
  and address_of.home_id = q.address
join identity districts_of on districts_of.bucket = q.bucket and districts_of.voter_id = q.voter_id
  and districts_of.home_id = q.districts
