-- Every id of one import with its voter (the latest link decides) and what its row looked like.
copy (
  select coalesce(l.voter_id, r.voter_id), r.fingerprint, r.external_id
  from source_record r
  left join (
    select distinct on (bucket, record_id) bucket, record_id, voter_id
    from link order by bucket, record_id, link_id desc
  ) l using (bucket, record_id)
  where r.import_id = {import}
) to stdout
