-- Scores wait here until the import publishes.
copy score_stage (bucket, voter_id, support, turnout, persuadability, line)
from stdin (format binary)
