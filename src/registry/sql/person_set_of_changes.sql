-- Whoever's profile follows from more than the row that has come: all but those who are back alone.
insert into person_set (bucket, voter_id)
select distinct c.bucket, c.voter_id
from voter_change c
where not c.is_back or c.home_id <> c.voter_id
   or exists (select 1 from record_value r where r.bucket = c.bucket and r.voter_id = c.voter_id)
   or exists (select 1 from correction k
              where k.bucket = c.bucket and k.voter_id = c.voter_id and k.ended_at is null)
on conflict do nothing
