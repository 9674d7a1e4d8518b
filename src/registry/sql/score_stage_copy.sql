-- Rows whose identity had one before in the same file.
copy score_stage (
  bucket, voter_id, home_id, import_id, support, turnout, persuadability, other, line
) from stdin (format binary)
