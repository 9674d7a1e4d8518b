-- Proves the value now: attaching then need not look at the rows.
alter table source_record_i{import} add constraint source_record_i{import}_import
  check (import_id = {import})
