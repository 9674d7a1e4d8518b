-- The numbers of a person who is erased.
delete from phone t using unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
where t.bucket = i.bucket and t.voter_id = i.id
