-- The same index as on phone, so that attaching takes it over.
create index on phone_i{import} (number)
