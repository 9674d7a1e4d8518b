-- Takes away a load that was given up.
drop table if exists source_record_i{import}
