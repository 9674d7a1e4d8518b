-- A person who is erased is called by no phone bank.
delete from call_target where voter_id = any($1::bigint[]) returning phonebank_id, number
