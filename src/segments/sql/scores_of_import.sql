-- The scores that an import brought.
select voter_id, support, turnout, persuadability, other from voter_score where import_id = $1
