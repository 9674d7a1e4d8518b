-- The places of a person who is erased on frozen lists; one row for each list.
delete from list_member t using unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
where t.list_id in (select list_id from list) and t.bucket = i.bucket and t.voter_id = i.id
returning t.list_id, t.joined_at is null
