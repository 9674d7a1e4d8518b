-- The numbers of persons who have vanished.
delete from phone p using undo_lost u
where p.bucket = u.bucket and p.voter_id = u.voter_id
  and not exists (select 1 from voter v where v.bucket = u.bucket and v.voter_id = u.voter_id)
