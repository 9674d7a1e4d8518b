-- So that few voters are looked up by key and many are joined in one sweep.
analyze person_asked
