-- The places of a person who is erased in experiments.
delete from experiment_member t using unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
where t.bucket = i.bucket and t.voter_id = i.id
