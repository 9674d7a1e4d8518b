-- A caller says goodbye
update caller_shift set left_at = coalesce($1::timestamptz, clock_timestamp())
where person_id = $2 and left_at is null
