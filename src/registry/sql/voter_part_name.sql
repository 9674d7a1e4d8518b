-- The same index as on voter, so that attaching takes it over.
create index on voter_i{import} (last_name text_pattern_ops, first_name text_pattern_ops)
