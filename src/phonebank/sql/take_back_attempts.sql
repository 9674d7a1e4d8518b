-- A result that its caller took back: nothing came of the call
delete from contact_attempt c
using unnest($1::smallint[], $2::bigint[]) as n(bucket, attempt_id)
where c.bucket = n.bucket and c.attempt_id = n.attempt_id
