-- Fills undo_gone; the bucket is of the home.
copy undo_gone (bucket, home_id) from stdin (format binary)
