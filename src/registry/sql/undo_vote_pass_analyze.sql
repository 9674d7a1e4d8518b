-- So that few votes are looked up and many are joined in one sweep.
analyze undo_vote_pass
