-- A result under its key: stored once
insert into call_result (result_key, lease_id, phonebank_id, caller_id, spoken, response, at)
values ($1, $2, $3, $4, $5, $6, $7)
