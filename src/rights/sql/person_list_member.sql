-- The frozen lists that a person is on.
select to_jsonb(t) - 'bucket' - $3::text[]
       || jsonb_build_object('list', l.name, 'frozen_at', l.created_at)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join list_member t on t.list_id in (select list_id from list)
  and t.bucket = i.bucket and t.voter_id = i.id
join list l on l.list_id = t.list_id
order by t.list_id
