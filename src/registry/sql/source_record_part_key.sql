-- The key of source_record, built after the load.
alter table source_record_i{import} add primary key (import_id, bucket, voter_id, record_id)
