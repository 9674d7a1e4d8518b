-- Where the rows of a person stand in files.
select t.import_id, t.line from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
cross join import_run n
join source_record t on t.import_id = n.import_id and t.bucket = i.bucket and t.voter_id = i.id
where t.line > 0
