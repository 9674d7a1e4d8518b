-- The scores of a person that are shown.
select to_jsonb(t) - 'bucket' - $3::text[]
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join voter_score t on t.bucket = i.bucket and t.voter_id = i.id
order by t.voter_id
