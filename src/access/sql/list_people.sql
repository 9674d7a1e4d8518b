-- A page of the staff, first met first.
select person_id, name, coalesce(email, ''), role, password_hash is not null, created_at, disabled_at
from person
where person_id > $1 and role <> 'caller'
order by person_id
limit $2
