-- Whether a person has sent a form, under whatever identity
select exists (
  select 1
  from (select $2::smallint as bucket, $3::bigint as voter_id
        union all
        select l.home_bucket, l.home_id from link l where l.bucket = $2 and l.voter_id = $3) i
  join form_link k on k.form_id = $1 and k.bucket = i.bucket and k.voter_id = i.voter_id
  where k.done_at is not null)
