-- So that few are looked up by key and many are joined in one sweep.
analyze match_candidate_stage
