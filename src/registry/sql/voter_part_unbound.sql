-- The partition's own bound says the same from now on.
alter table voter_i{import} drop constraint voter_i{import}_range
