-- So that few records are looked up by key and many are joined in one sweep.
analyze undo_pass
