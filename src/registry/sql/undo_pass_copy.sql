-- Fills undo_pass; the bucket is of the home.
copy undo_pass (bucket, home_id, import_id) from stdin (format binary)
