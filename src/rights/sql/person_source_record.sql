-- The rows of files that a person was read from, with file and day; by import, since the key begins with it.
select to_jsonb(t) - 'bucket' - $3::text[]
       || jsonb_build_object('file_name', n.file_name, 'read_at', n.ended_at)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
cross join import_run n
join source_record t on t.import_id = n.import_id and t.bucket = i.bucket and t.voter_id = i.id
order by t.import_id, t.line
