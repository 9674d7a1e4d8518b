-- Voters by the beginning of the id in their voter file.
select voter_id, last_name, first_name, middle_name, suffix, birth_year, party, county,
       case when not protected then city end, status, phone is not null and not protected, protected
from voter
where external_id ~>=~ $1 and external_id ~<~ $2
order by external_id using ~<~
limit $3
