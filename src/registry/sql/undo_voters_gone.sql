-- Persons without a record vanish.
delete from voter v using undo_lost u
where v.bucket = u.bucket and v.voter_id = u.voter_id
  and not exists (select 1 from record_value r
                  where r.bucket = u.bucket and r.voter_id = u.voter_id)
