-- The correlations of contests' own errors, after the old ones are gone.
insert into contest_correlation (contest_id, other_id, correlation)
select * from unnest($1::bigint[], $2::bigint[], $3::double precision[])
