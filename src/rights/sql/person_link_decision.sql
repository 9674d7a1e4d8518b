-- What people decided on whether two records are one person.
select to_jsonb(t) - array['bucket_a', 'bucket_b'] - $3::text[]
from link_decision t
where $1::smallint[] is not null and (t.home_a = any($2::bigint[]) or t.home_b = any($2::bigint[]))
order by t.decision_id
