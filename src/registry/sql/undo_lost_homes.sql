-- The identities that have no record left.
copy (select home_id from undo_lost) to stdout
