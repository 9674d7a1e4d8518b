-- The names of people, of callers too.
select person_id, name from person where person_id = any($1)
