-- The absence of the identities that have another person now.
with gone as (
  delete from absence a using person_move m
  where a.bucket = m.from_bucket and a.voter_id = m.from_id and a.home_id = m.home_id
  returning m.to_bucket, m.to_id, a.home_id, a.source, a.import_id
)
insert into absence (bucket, home_id, voter_id, source, import_id)
select to_bucket, home_id, to_id, source, import_id from gone
