-- Answers of attempts whose result is changed; what replaces them comes with the new result
delete from answer a
using unnest($1::smallint[], $2::bigint[], $3::bigint[]) as g(bucket, voter_id, attempt_id)
where a.bucket = g.bucket and a.voter_id = g.voter_id and a.attempt_id = g.attempt_id
