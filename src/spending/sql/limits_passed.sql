-- Which limits some money would pass: name, legal, cap, booked so far.
select l.name, l.kind = 'legal', l.cap_cents, l.booked_cents
from spend_limit l
join unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[]) c(market_id, channel_id, week, cents)
  on (l.market_id is null or c.market_id = l.market_id)
  and (l.channel_id is null or c.channel_id = l.channel_id)
  and c.week between coalesce(l.from_week, 1) and coalesce(l.to_week, c.week)
group by l.limit_id
having sum(c.cents) > 0 and l.booked_cents + sum(c.cents) > l.cap_cents
order by l.kind, l.name
