-- The experiments that a person was drawn into.
select to_jsonb(t) - 'bucket' - $3::text[]
       || jsonb_build_object('experiment', e.name, 'started_at', e.started_at)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join experiment_member t on t.bucket = i.bucket and t.voter_id = i.id
join experiment e on e.experiment_id = t.experiment_id
order by t.experiment_id
