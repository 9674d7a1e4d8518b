-- A profile; of a protected voter without anything that leads to the door.
select voter_id, last_name, first_name, middle_name, suffix, birth_year, party, county,
       case when not protected then city end, status, phone is not null and not protected, protected,
       external_id, status_reason, gender, race, ethnicity, birth_place, registered_on, state,
       case when not protected then street end, case when not protected then zip5 end,
       case when not protected then zip4 end, case when not protected then mail_address end,
       case when not protected then precinct end, case when not protected then municipality end,
       quality,
       (select to_char(n.ended_at, 'YYYY-MM-DD') from import_run n
        where n.import_id = voter.absent_since_import)
from voter where bucket = $1 and voter_id = $2
