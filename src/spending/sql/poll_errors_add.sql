-- Errors of the polls that a robust plan must stand.
insert into poll_error (scenario, contest_id, error)
select * from unnest($1::text[], $2::bigint[], $3::double precision[])
