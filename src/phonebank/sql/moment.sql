-- The database's time, unless another is given
select coalesce($1::timestamptz, clock_timestamp())
