-- Frozen, as voter_part_copy is.
copy source_record_i{import} (
  import_id, bucket, record_id, source, external_id, line, voter_id, fingerprint
) from stdin (format binary, freeze)
