-- Who voted in which election.
copy (select voter_id, election_id from vote) to stdout
