-- The members of a new list; of a sample with their chances.
copy list_member (list_id, bucket, voter_id, ordinal, arm, probability, stratum, cluster,
                  cluster_probability) from stdin
