-- The partition's own bound says the same from now on.
alter table source_record_i{import} drop constraint source_record_i{import}_import
