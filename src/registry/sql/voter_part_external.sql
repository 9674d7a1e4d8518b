-- The same index as on voter, so that attaching takes it over.
create index on voter_i{import} (external_id text_pattern_ops)
