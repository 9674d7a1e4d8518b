-- Registers an outcome
insert into experiment_outcome (experiment_id, outcome_no, is_primary, outcome, reason, registered_by,
                                registered_at)
select $1, coalesce(max(outcome_no), 0) + 1, $2, $3, $4, $5, $6
from experiment_outcome where experiment_id = $1
returning outcome_no
