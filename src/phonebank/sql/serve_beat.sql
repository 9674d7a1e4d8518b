-- A process that makes calls is alive
insert into dialling_serve (serve_id, seen_at)
values ($1, coalesce($2::timestamptz, clock_timestamp()))
on conflict (serve_id) do update set seen_at = excluded.seen_at
