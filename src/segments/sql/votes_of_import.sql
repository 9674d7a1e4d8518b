-- The votes that an import of vote history brought.
select voter_id, election_id from vote where import_id = $1
