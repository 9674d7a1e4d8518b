-- Whoever has become protected by law is not to be called: no number stays.
delete from phone p using voter_change c
where c.protected and p.bucket = c.bucket and p.voter_id = c.voter_id
