-- When inputs of a kind changed last, and by whom: what a plan says of its age.
insert into input_change (what, rows, changed_by, changed_at) values ($1, $2, $3, $4)
on conflict (what) do update
set rows = excluded.rows, changed_by = excluded.changed_by, changed_at = excluded.changed_at
