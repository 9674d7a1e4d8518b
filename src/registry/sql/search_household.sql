-- Who lives in one of these households; protected voters are not found by what must not be shown of them.
select voter_id, last_name, first_name, middle_name, suffix, birth_year, party, county,
       city, status, phone is not null, protected
from voter
where household_id = any($1) and not protected and ($2::text is null or county = $2)
order by city, last_name, first_name, voter_id
limit $3
