-- The first answers to results with these keys
select result_key, lease_id, caller_id, (response ->> 'late')::boolean
from call_result where result_key = any($1::uuid[])
