-- Fills person_asked.
copy person_asked (bucket, voter_id) from stdin (format binary)
