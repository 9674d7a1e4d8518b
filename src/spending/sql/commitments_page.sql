-- Commitments, newest first, before a given one.
select c.commitment_id, m.name, h.name, c.week, coalesce(v.name, ''), c.order_number, c.purpose, c.plan_id,
  c.committed_cents, c.invoiced_cents, c.paid_cents, c.booked_cents, c.made_by, c.made_at
from commitment c join market m using (market_id) join channel h using (channel_id)
left join vendor v using (vendor_id)
where c.commitment_id < $1 order by c.commitment_id desc limit $2
