-- Who has withdrawn consent
copy consent (bucket, voter_id, purpose, channel, state, source, at) from stdin
