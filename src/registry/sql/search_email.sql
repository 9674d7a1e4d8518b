-- Voters by their e-mail address; protected voters are not found by what must not be shown of them.
select voter_id, last_name, first_name, middle_name, suffix, birth_year, party, county,
       city, status, phone is not null, protected
from voter
where email = $1 and not protected
order by last_name, first_name, voter_id
limit $2
