-- Their numbers
copy phone (bucket, voter_id, number, import_id) from stdin
