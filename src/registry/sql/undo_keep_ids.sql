-- Their ids are kept aside: a later file that has them again finds the same voters.
insert into identity_kept (bucket, home_id, source, external_id)
select r.bucket, r.voter_id, r.source, r.external_id
from source_record r
where r.import_id = $1
  and exists (select 1 from undo_lost u where u.home_id = r.voter_id)
on conflict do nothing
