-- What is committed, invoiced, paid and booked by market, channel and week.
select m.name, h.name, c.week, sum(c.committed_cents)::bigint, sum(c.invoiced_cents)::bigint,
  sum(c.paid_cents)::bigint, sum(c.booked_cents)::bigint
from commitment c join market m using (market_id) join channel h using (channel_id)
group by m.name, h.name, c.week order by m.name, h.name, c.week
