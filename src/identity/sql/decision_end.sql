-- One decision is taken back.
update link_decision
set ended_at = $3, ended_by = $2
where decision_id = $1 and ended_at is null
