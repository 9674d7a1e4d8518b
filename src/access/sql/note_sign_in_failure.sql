-- Counts a wrong password; at the limit ($2) it locks until $3 and counts anew.
update person
set sign_in_failures = case when sign_in_failures + 1 >= $2::int then 0 else sign_in_failures + 1 end,
    locked_until = case when sign_in_failures + 1 >= $2::int then $3::timestamptz else locked_until end
where person_id = $1
