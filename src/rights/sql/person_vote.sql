-- The elections in which a person voted, as each file says it.
select to_jsonb(t) - 'bucket' - $3::text[]
       || jsonb_build_object('election', e.name, 'held_on', e.held_on, 'kind', e.kind,
                             'file_name', n.file_name)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join vote t on t.bucket = i.bucket and t.voter_id = i.id
join election e on e.election_id = t.election_id
left join import_run n on n.import_id = t.import_id
order by e.held_on, t.election_id, t.import_id
