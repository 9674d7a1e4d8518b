-- One voter by our own id, as a line of a list.
select voter_id, last_name, first_name, middle_name, suffix, birth_year, party, county,
       case when not protected then city end, status, phone is not null and not protected, protected
from voter where bucket = $1 and voter_id = $2
