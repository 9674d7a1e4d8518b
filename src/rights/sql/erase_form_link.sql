-- The links of a person who is erased to web forms, with what was answered and not sent.
delete from form_link t using unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
where t.bucket = i.bucket and t.voter_id = i.id
