-- Persons one of whose identities has lost its scores with its last record.
insert into person_set (bucket, voter_id)
select distinct u.bucket, u.voter_id
from undo_lost u
join score_run s on s.bucket = u.bucket and s.voter_id = u.voter_id and s.home_id = u.home_id
on conflict do nothing
