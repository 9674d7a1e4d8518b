-- The ids by which files call a person.
select t.source, t.external_id from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
cross join import_run n
join source_record t on t.import_id = n.import_id and t.bucket = i.bucket and t.voter_id = i.id
union
select t.source, t.external_id from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join record_value t on t.bucket = i.bucket and t.voter_id = i.id
union
select t.source, t.external_id from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join voter t on t.bucket = i.bucket and t.voter_id = i.id
union
select t.source, t.external_id from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join identity_kept t on t.bucket = i.bucket and t.home_id = i.id
