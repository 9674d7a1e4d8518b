-- Makes the source records of the import visible.
alter table source_record attach partition source_record_i{import} for values in ({import})
