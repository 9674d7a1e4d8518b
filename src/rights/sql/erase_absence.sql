-- Nobody can be absent who is not known.
delete from absence t using unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
where t.bucket = i.bucket and t.voter_id = i.id
