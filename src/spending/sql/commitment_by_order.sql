-- The commitment of an order number.
select commitment_id from commitment where order_number = $1 and $1 <> ''
