-- Everybody, page by page, with what a person is known by again.
select bucket, voter_id, last_name, first_name, birth_date - date '1970-01-01', birth_year, state,
       zip5, street
from voter
where (bucket, voter_id) > ($1::smallint, $2::bigint)
order by bucket, voter_id
limit $3
