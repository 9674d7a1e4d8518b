-- The tries to reach a person who is erased, with their notes.
delete from contact_attempt t using unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
where t.bucket = i.bucket and t.voter_id = i.id
