-- A new link ends the earlier ones of the same person (null: the first administrator).
delete from sign_in_link where person_id is not distinct from $1 and used_at is null
