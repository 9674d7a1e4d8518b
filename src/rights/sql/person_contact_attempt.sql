-- The tries to reach a person, with notes.
select to_jsonb(t) - 'bucket' - $3::text[]
       || jsonb_build_object('phonebank', b.name)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join contact_attempt t on t.bucket = i.bucket and t.voter_id = i.id
join phonebank b on b.phonebank_id = t.phonebank_id
order by t.ended_at, t.attempt_id
