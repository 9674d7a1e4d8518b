-- What the feed says of a person who is erased.
delete from change t
where $1::smallint[] is not null
  and t.subject = any(select 'voter:' || id from unnest($2::bigint[]) as id)
