-- How many voters of a line are still to be reached
select count(*) from call_target where phonebank_id = $1 and number = $2 and state = 'open'
