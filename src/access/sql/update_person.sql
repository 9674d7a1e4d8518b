-- Changes what is given; null leaves it. Enabling and a new password also lift a lock.
update person
set role = coalesce($2, role),
    disabled_at = case when $3::boolean is null then disabled_at
                       when $3::boolean then coalesce(disabled_at, $5::timestamptz) end,
    password_hash = coalesce($4, password_hash),
    sign_in_failures = 0,
    locked_until = null
where person_id = $1
