-- A decision was taken back: the pair waits again.
update match_candidate
set state = 'open', decision_id = null, decided_by = null, decided_at = null
where decision_id = $1
