-- A caller goes to another phone bank; sessions of staff have none
update session s set phonebank_id = $2
from person p
where s.person_id = $1 and p.person_id = s.person_id and p.role = 'caller'
  and s.phonebank_id is not null and s.expires_at > $3
returning s.person_id
