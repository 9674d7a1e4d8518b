-- Voters whose last name is one of some and whose first name is one of others (null: any).
select voter_id, last_name, first_name, middle_name, suffix, birth_year, party, county,
       case when not protected then city end, status, phone is not null and not protected, protected
from voter
where last_name = any($1) and ($2::text[] is null or first_name = any($2))
  and ($3::text is null or county = $3)
limit $4
