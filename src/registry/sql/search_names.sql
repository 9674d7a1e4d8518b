-- Voters by the beginnings of last and first name, in the order of the index voter_name, behind a cursor.
select voter_id, last_name, first_name, middle_name, suffix, birth_year, party, county,
       case when not protected then city end, status, phone is not null and not protected, protected
from voter
where last_name ~>=~ $1 and last_name ~<~ $2
  and first_name ~>=~ $3 and first_name ~<~ $4
  and ($5::text is null or county = $5)
  and ($6::text is null or last_name ~>~ $6
    or (last_name = $6 and (first_name ~>~ $7 or (first_name = $7 and voter_id > $8::bigint))))
order by last_name using ~<~, first_name using ~<~, voter_id
limit $9
