-- Votes wait here until the import publishes.
copy vote_stage (bucket, voter_id, home_id, election, method, party, county, line)
from stdin (format binary)
