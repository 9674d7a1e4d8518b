-- Holds the row that every writer of money or inputs holds until it commits.
select inputs, currency, budget_cents, booked_cents, first_day::text from spending_setting for update
