-- Every word of a person on consent.
select to_jsonb(t) - 'bucket' - $3::text[]
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join consent_event t on t.bucket = i.bucket and t.voter_id = i.id
order by t.at, t.event_id
