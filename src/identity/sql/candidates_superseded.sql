-- A run over everybody has not found these again.
update match_candidate set state = 'gone' where state in ('open', 'later') and run_id <> $1
