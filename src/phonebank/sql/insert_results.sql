-- Results under their keys: stored once
insert into call_result (result_key, lease_id, phonebank_id, caller_id, spoken, response, at)
select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[],
                     $6::jsonb[], $7::timestamptz[])
