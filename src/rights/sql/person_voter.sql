-- The profile of a person, for the person: without what must not be shown of a protected one ($3).
select to_jsonb(t) - 'bucket' - $3::text[]
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join voter t on t.bucket = i.bucket and t.voter_id = i.id
order by t.voter_id
