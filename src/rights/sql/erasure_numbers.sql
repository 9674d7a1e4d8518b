-- Every number under which a person was known or called.
select t.number from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join phone t on t.bucket = i.bucket and t.voter_id = i.id
union
select t.phone from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join record_value t on t.bucket = i.bucket and t.voter_id = i.id
where t.phone is not null
union
select t.phone from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join voter t on t.bucket = i.bucket and t.voter_id = i.id
where t.phone is not null
union
select t.number from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join contact_attempt t on t.bucket = i.bucket and t.voter_id = i.id
union
select t.number from call_target t where t.voter_id = any($2::bigint[])
order by 1
