-- Since when the newest files of a source lack a person.
select to_jsonb(t) - 'bucket' - $3::text[]
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join absence t on t.bucket = i.bucket and t.voter_id = i.id
order by t.home_id
