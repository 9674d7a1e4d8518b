-- Persons who have no record of their own any more.
delete from voter v using (select distinct from_bucket, from_id from person_move) m
where v.bucket = m.from_bucket and v.voter_id = m.from_id
  and not exists (select 1 from record_value r
                  where r.bucket = v.bucket and r.voter_id = v.voter_id)
