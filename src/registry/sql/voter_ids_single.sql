-- Ids for a few voters.
select nextval('voter_id_single') from generate_series(1, $1::bigint)
