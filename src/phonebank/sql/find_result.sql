-- The first answer to a result with this key
select lease_id, caller_id, (response ->> 'late')::boolean from call_result where result_key = $1
