-- So that few changes are looked up by key and many are joined in one sweep.
analyze voter_change
