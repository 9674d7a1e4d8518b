-- Takes away a load that was given up.
drop table if exists vote_i{import}
