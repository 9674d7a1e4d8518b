-- All scores.
copy (select voter_id, support, turnout, persuadability from voter_score) to stdout
