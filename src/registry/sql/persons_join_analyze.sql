-- So that few persons are looked up by key and many are joined in one sweep.
analyze person_join
