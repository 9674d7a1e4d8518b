-- Somebody of the import's own table who stays.
select 1 from voter_i{import} v
where not exists (select 1 from undo_lost u where u.bucket = v.bucket and u.voter_id = v.voter_id)
   or exists (select 1 from record_value r where r.bucket = v.bucket and r.voter_id = v.voter_id)
limit 1
