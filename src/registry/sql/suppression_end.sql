-- Ends a bar that is in force.
update suppression set ended_at = $2
where suppression_id = $1 and ended_at is null
returning number, voter_id, reason
