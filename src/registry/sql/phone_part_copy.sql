-- Frozen, as voter_part_copy is.
copy phone_i{import} (bucket, voter_id, number, import_id) from stdin (format binary, freeze)
