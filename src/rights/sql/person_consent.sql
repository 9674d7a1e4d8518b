-- What counts now of a person's words on consent.
select to_jsonb(t) - 'bucket' - $3::text[]
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join consent t on t.bucket = i.bucket and t.voter_id = i.id
order by t.purpose, t.channel
