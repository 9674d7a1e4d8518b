-- The inputs as they are, those of the last try, what was wrong with it, and the newest plan.
select s.inputs, p.inputs, p.problem, (select max(plan_id) from plan)
from spending_setting s cross join planning p
