-- Their numbers: those to whom they went get them from the records.
delete from phone p using (select distinct from_bucket, from_id from person_move) m
where p.bucket = m.from_bucket and p.voter_id = m.from_id
  and not exists (select 1 from record_value r
                  where r.bucket = p.bucket and r.voter_id = p.voter_id)
