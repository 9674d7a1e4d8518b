-- The inputs as they are, those of the last try, what was wrong with it, and the newest plan.
select coalesce((select inputs from spending_setting), 0), coalesce((select inputs from planning), 0),
  (select problem from planning), (select max(plan_id) from plan)
