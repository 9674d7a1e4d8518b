-- The partition's own bound says the same from now on.
alter table vote_i{import} drop constraint vote_i{import}_range
