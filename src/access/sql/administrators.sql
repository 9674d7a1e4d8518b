-- The active administrators, locked, so that two of them cannot disable each other at once.
select person_id from person
where role = 'administrator' and disabled_at is null
order by person_id
for update
