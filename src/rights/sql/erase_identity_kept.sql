-- Ids that were kept aside for a person who is erased.
delete from identity_kept t using unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
where t.bucket = i.bucket and t.home_id = i.id
