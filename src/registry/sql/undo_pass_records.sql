-- The records go over; the later file's line was not kept.
insert into source_record (
  import_id, bucket, record_id, source, external_id, line, voter_id, fingerprint
)
select p.import_id, r.bucket, r.record_id, r.source, r.external_id, 0, r.voter_id, r.fingerprint
from undo_pass p
join source_record r on r.bucket = p.bucket and r.voter_id = p.home_id
where r.import_id = $1
