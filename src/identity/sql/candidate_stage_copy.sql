-- Fills match_candidate_stage.
copy match_candidate_stage (home_a, home_b, bucket_a, bucket_b, probability, bits, same_source)
from stdin
