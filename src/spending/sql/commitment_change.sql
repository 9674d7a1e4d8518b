-- Changes what is committed, invoiced and paid of a commitment.
update commitment
set committed_cents = committed_cents + $2, invoiced_cents = invoiced_cents + $3,
  paid_cents = paid_cents + $4
where commitment_id = $1
