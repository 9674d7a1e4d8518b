-- The right password, or a link: earlier failures no longer count.
update person
set sign_in_failures = 0, locked_until = null
where person_id = $1 and (sign_in_failures > 0 or locked_until is not null)
