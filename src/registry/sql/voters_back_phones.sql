-- The numbers of voters who come again.
insert into phone (bucket, voter_id, number, import_id)
select c.bucket, c.voter_id, c.phone, c.import_id
from voter_change c
where c.phone is not null
  and not exists (select 1 from person_set s
                  where s.bucket = c.bucket and s.voter_id = c.voter_id)
