-- Makes all plans so far older than their inputs; and lets one writer of money or inputs in at a time.
update spending_setting set inputs = inputs + 1, changed_by = $1, changed_at = $2
returning inputs, currency, weeks, budget_cents, booked_cents
