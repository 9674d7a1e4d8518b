-- The key of voter, built after the load: a tenth of the time that it takes row by row.
alter table voter_i{import} add primary key (bucket, voter_id)
