-- Names, days of birth and places of a person, in every version that there is.
select t.last_name, t.first_name, t.birth_date - date '1970-01-01', t.birth_year, t.state,
       t.zip5, t.street
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join voter t on t.bucket = i.bucket and t.voter_id = i.id
union
select t.last_name, t.first_name, t.birth_date - date '1970-01-01', t.birth_year, t.state,
       t.zip5, t.street
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join record_value t on t.bucket = i.bucket and t.voter_id = i.id
