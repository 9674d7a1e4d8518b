-- Fills absent_stage; the bucket is of the home.
copy absent_stage (bucket, home_id, last_import) from stdin (format binary)
