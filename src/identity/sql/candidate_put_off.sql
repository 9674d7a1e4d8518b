-- Somebody wants to look at a pair later, or again.
update match_candidate
set state = $2, decided_by = $3, decided_at = $4
where candidate_id = $1 and state in ('open', 'later')
