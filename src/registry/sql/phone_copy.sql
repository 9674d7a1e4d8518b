-- The phones of a few new voters.
copy phone (bucket, voter_id, number, import_id) from stdin (format binary)
