-- One person.
select person_id, name, coalesce(email, ''), role, password_hash is not null, created_at, disabled_at
from person
where person_id = $1
