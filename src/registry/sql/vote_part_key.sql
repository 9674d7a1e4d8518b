-- The key of vote, built after the load.
alter table vote_i{import} add primary key (bucket, voter_id, election_id, home_id, import_id)
