-- Ids of a person that are kept aside, because their records were undone.
select to_jsonb(t) - 'bucket' - $3::text[]
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join identity_kept t on t.bucket = i.bucket and t.home_id = i.id
order by t.home_id
