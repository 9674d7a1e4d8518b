-- A disposition of the campaign, or the VAN code of a built-in one; its base never changes, since results hold it
insert into disposition (key, title, base, van_code, offered, saved_by, saved_at)
values ($1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, clock_timestamp()))
on conflict (key) do update
set title = excluded.title, van_code = excluded.van_code, offered = excluded.offered,
    saved_by = excluded.saved_by, saved_at = excluded.saved_at
where disposition.base = excluded.base
returning key
