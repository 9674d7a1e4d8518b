-- Fills person_late; those of an import's other rows may stand there already.
copy person_late (bucket, voter_id, home_id) from stdin (format binary)
