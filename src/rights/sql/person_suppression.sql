-- Bars on a person, and on numbers of the person.
select to_jsonb(t) - $3::text[]
from suppression t
where $1::smallint[] is not null
  and (t.voter_id = any($2::bigint[])
       or t.number in (select p.number
                       from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
                       join phone p on p.bucket = i.bucket and p.voter_id = i.id))
order by t.at, t.suppression_id
