-- The settings of all plans.
select currency, budget_cents, booked_cents, first_day::text, weeks, objective, needed,
  error_national, error_regional, error_contest, scales::text[], chances::text[], poll_days,
  poll_half_life, explore_share, explore_seed, opponent, committee, inputs,
  poll_method, correlation_note
from spending_setting
