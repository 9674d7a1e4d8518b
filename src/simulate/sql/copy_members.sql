-- Their places in the list
copy list_member (list_id, bucket, voter_id, ordinal, arm) from stdin
