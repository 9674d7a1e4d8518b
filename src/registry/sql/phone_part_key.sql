-- The key of phone, built after the load.
alter table phone_i{import} add primary key (bucket, voter_id, number)
