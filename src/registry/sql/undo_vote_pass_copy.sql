-- Fills undo_vote_pass.
copy undo_vote_pass (election_id, home_id, import_id) from stdin (format binary)
