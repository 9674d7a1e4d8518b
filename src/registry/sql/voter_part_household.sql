-- The same index as on voter, so that attaching takes it over.
create index on voter_i{import} (household_id)
