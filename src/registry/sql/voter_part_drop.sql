-- Takes away a load that was given up.
drop table if exists voter_i{import}
