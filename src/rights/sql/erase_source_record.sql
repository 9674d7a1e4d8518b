-- The records of a person who is erased: no import knows the identity any more.
delete from source_record t using unnest($1::smallint[], $2::bigint[]) as i(bucket, id),
  import_run n
where t.import_id = n.import_id and t.bucket = i.bucket and t.voter_id = i.id
