-- The web forms that a person had a link to.
select to_jsonb(t) - 'bucket' - 'token_hash' - $3::text[] || jsonb_build_object('form', f.name)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join form_link t on t.bucket = i.bucket and t.voter_id = i.id
join form f on f.form_id = t.form_id
order by t.form_id
