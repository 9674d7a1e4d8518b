-- A commitment's cell and amounts, held until the end of the transaction.
select market_id, channel_id, week, committed_cents, invoiced_cents, paid_cents, booked_cents
from commitment where commitment_id = $1 for update
