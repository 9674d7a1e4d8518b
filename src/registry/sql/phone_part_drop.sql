-- Takes away a load that was given up.
drop table if exists phone_i{import}
