-- Fills match_stage.
copy match_stage (ordinal, bucket_a, voter_a, bucket_b, voter_b) from stdin
