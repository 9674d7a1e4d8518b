-- The voters behind a line
select voter_id from call_target where phonebank_id = $1 and number = $2
