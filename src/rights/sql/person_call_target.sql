-- The phone banks that are to call a person, with the number.
select to_jsonb(t) - 'bucket' - $3::text[]
       || jsonb_build_object('phonebank', b.name)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join call_target t on t.voter_id = i.id
join phonebank b on b.phonebank_id = t.phonebank_id
order by t.phonebank_id, t.number
