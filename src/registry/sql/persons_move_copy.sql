-- Fills person_move.
copy person_move (
  home_bucket, home_id, from_bucket, from_id, to_bucket, to_id
) from stdin (format binary)
