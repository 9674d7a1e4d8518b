-- Values of a person that were put right by hand.
select to_jsonb(t) - 'bucket' - $3::text[]
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join correction t on t.bucket = i.bucket and t.voter_id = i.id
order by t.correction_id
