-- Every version of every record of a person.
select to_jsonb(t) - 'bucket' - $3::text[]
       || jsonb_build_object('file_name', n.file_name, 'read_at', n.ended_at)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join record_value t on t.bucket = i.bucket and t.voter_id = i.id
left join import_run n on n.import_id = t.import_id
order by t.import_id, t.home_id
