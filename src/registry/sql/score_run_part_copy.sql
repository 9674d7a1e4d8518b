-- Frozen, as voter_part_copy is.
copy score_run_i{import} (
  bucket, voter_id, home_id, import_id, support, turnout, persuadability, other
) from stdin (format binary, freeze)
