-- Adds money to what is booked of the budget; the row's check refuses too much.
update spending_setting set booked_cents = booked_cents + $1, inputs = inputs + $2
