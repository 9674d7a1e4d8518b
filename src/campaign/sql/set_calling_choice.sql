-- The campaign chooses whose calling rules its new phone banks start with
insert into calling_choice (one, country, state_hours, chosen_by, chosen_at)
values (1, $1, $2, $3, coalesce($4::timestamptz, clock_timestamp()))
on conflict (one) do update
set country = excluded.country, state_hours = excluded.state_hours,
    chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at
