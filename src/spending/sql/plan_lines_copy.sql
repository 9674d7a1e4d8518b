-- The lines of a new plan.
copy plan_line (plan_id, line, market_id, channel_id, week, cents, marginal) from stdin
