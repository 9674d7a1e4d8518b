-- Every identity of one import: its home, the person it belongs to, what its row looked like, its id.
copy (
  select r.voter_id, coalesce(l.voter_id, r.voter_id), r.fingerprint, r.external_id
  from source_record r
  left join link l on l.home_id = r.voter_id
  where r.import_id = {import}
) to stdout
