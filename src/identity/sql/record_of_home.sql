-- What an identity says: its newest version where it is written out, else the profile. In the order of kShown in review.cpp.
select r.source, r.external_id, r.status, r.last_name, r.first_name, r.middle_name, r.suffix,
       r.gender, coalesce(r.birth_date::text, r.birth_year::text), r.street, r.city, r.state,
       r.zip5, r.county, r.mail_address, r.phone, r.email, r.party, r.registered_on
from (
  select 0 as place, v.import_id, v.source, v.external_id, v.status, v.last_name, v.first_name,
         v.middle_name, v.suffix, v.gender, v.birth_date, v.birth_year, v.street, v.city, v.state,
         v.zip5, v.county, v.mail_address, v.phone, v.email, v.party, v.registered_on
  from record_value v
  where v.bucket = $1 and v.voter_id = $2 and v.home_id = $3
  union all
  select 1, v.import_id, v.source, v.external_id, v.status, v.last_name, v.first_name,
         v.middle_name, v.suffix, v.gender, v.birth_date, v.birth_year, v.street, v.city, v.state,
         v.zip5, v.county, v.mail_address, v.phone, v.email, v.party, v.registered_on
  from voter v
  where v.bucket = $1 and v.voter_id = $2
) r
order by r.place, r.import_id desc
limit 1
