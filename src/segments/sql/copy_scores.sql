-- All scores.
copy (select voter_id, support, turnout, persuadability, other from voter_score) to stdout
