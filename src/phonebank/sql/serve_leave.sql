-- A process that makes calls stops; those that were killed are forgotten too, long after
delete from dialling_serve
where serve_id = $1 or seen_at < coalesce($2::timestamptz, clock_timestamp()) - interval '1 day'
