-- A new person; no row if the e-mail address is taken.
insert into person (name, email, role, password_hash, created_at)
values ($1, $2, $3, $4, $5)
on conflict (email) do nothing
returning person_id
