-- The corrections of the identities that have another person now.
with gone as (
  delete from correction c using person_move m
  where c.bucket = m.from_bucket and c.voter_id = m.from_id and c.home_id = m.home_id
  returning m.to_bucket, m.to_id, c.correction_id, c.home_id, c.fields, c.actor, c.at, c.ended_at,
    c.ended_by
)
insert into correction (
  bucket, correction_id, voter_id, home_id, fields, actor, at, ended_at, ended_by
)
select to_bucket, correction_id, to_id, home_id, fields, actor, at, ended_at, ended_by from gone
