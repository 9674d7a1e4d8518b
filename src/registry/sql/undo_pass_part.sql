-- The import that takes records over may have had none of its own.
create table if not exists source_record_i{import}
  partition of source_record for values in ({import})
