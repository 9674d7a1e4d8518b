-- The links of a person who is erased.
delete from link t using unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
where t.home_id = i.id
