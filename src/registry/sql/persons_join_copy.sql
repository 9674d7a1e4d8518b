-- Fills person_join.
copy person_join (
  from_bucket, from_id, to_bucket, to_id, decided_by, probability, bits
) from stdin (format binary)
