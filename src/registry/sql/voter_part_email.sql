-- The same index as on voter, so that attaching takes it over.
create index on voter_i{import} (email) where email is not null
