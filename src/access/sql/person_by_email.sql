-- One person, for the shell, which knows e-mail addresses.
select person_id, name, coalesce(email, ''), role, password_hash is not null, created_at, disabled_at
from person
where email = $1
