-- Scores wait here until the import publishes.
copy score_stage (bucket, voter_id, home_id, support, turnout, persuadability, other, line)
from stdin (format binary)
