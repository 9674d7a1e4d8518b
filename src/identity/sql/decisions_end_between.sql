-- What was said between two sets of identities is ended by a later decision.
update link_decision
set ended_at = $5, ended_by = $4
where ended_at is null and kind = $3
  and ((home_a = any ($1) and home_b = any ($2)) or (home_a = any ($2) and home_b = any ($1)))
