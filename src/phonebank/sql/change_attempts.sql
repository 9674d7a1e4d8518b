-- What came of a call is something else
update contact_attempt c
set disposition = n.disposition, note = n.note, own_disposition = n.own
from unnest($1::smallint[], $2::bigint[], $3::text[], $4::text[], $5::text[])
  as n(bucket, attempt_id, disposition, note, own)
where c.bucket = n.bucket and c.attempt_id = n.attempt_id
