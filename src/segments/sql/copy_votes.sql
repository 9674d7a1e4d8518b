-- Who voted in which election. One that two imports speak of comes twice, and counts once.
copy (select voter_id, election_id from vote) to stdout
