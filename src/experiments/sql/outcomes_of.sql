-- What experiments are judged by, in the order in which it was registered
select experiment_id, outcome_no, is_primary, outcome, reason, registered_by, registered_at,
  withdrawn_at
from experiment_outcome where experiment_id = any($1::bigint[]) order by experiment_id, outcome_no
