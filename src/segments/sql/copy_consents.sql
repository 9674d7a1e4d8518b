-- What counts today of all that voters said on consent.
copy (select voter_id, purpose, channel, state from consent) to stdout
