-- Pairs of records that may be one person.
select to_jsonb(t) - array['bucket_a', 'bucket_b'] - $3::text[]
from match_candidate t
where $1::smallint[] is not null and (t.home_a = any($2::bigint[]) or t.home_b = any($2::bigint[]))
order by t.candidate_id
