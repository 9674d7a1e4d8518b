-- What a sign-in needs to know of the person with an e-mail address.
select person_id, name, email, role, password_hash, disabled_at is not null, locked_until
from person
where email = $1
