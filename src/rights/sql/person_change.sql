-- What the feed says of a person.
select to_jsonb(t) - $3::text[]
from change t
where $1::smallint[] is not null
  and t.subject = any(select 'voter:' || id from unnest($2::bigint[]) as id)
order by t.position
