-- The voters behind a line, with the ids under which a page may know them from before a join or split
select voter_id, home_id, voter_before from call_target where phonebank_id = $1 and number = $2
