-- What the review shows of pairs between two sets of identities follows what has been decided.
update match_candidate
set state = $3, decision_id = $4, decided_by = $5, decided_at = $6
where (home_a = any ($1) and home_b = any ($2)) or (home_a = any ($2) and home_b = any ($1))
