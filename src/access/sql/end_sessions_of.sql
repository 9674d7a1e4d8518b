-- Disabling, a new role or a new password ends every session of a person.
delete from session where person_id = $1
