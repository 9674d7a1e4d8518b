-- A person is absent when all identities of the profile's source are, since the last of them is.
update voter v
set absent_since_import = case when not exists (
    select 1 from record_value r
    where r.bucket = v.bucket and r.voter_id = v.voter_id and r.source = v.source
      and not exists (select 1 from absence b
                      where b.bucket = r.bucket and b.home_id = r.home_id)) then (
    select max(a.import_id) from absence a
    where a.bucket = v.bucket and a.voter_id = v.voter_id and a.source = v.source) end
from person_set s
where v.bucket = s.bucket and v.voter_id = s.voter_id
