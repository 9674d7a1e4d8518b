-- Which identities were joined to a person, by whom and why.
select to_jsonb(t) - 'bucket' - $3::text[]
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join link t on t.home_id = i.id
order by t.home_id
