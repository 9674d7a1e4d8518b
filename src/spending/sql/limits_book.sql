-- Adds money to what is booked under each limit that it falls under; the row's check refuses too much.
update spend_limit l
set booked_cents = l.booked_cents + s.cents
from (
  select l.limit_id, sum(c.cents)::bigint as cents
  from spend_limit l
  join unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[])
    c(market_id, channel_id, week, cents)
    on (l.market_id is null or c.market_id = l.market_id)
    and (l.channel_id is null or c.channel_id = l.channel_id)
    and c.week between coalesce(l.from_week, 1) and coalesce(l.to_week, c.week)
  group by l.limit_id) s
where s.limit_id = l.limit_id and s.cents <> 0
