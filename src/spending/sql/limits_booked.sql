-- What is booked in the markets, channels and weeks of each of some limits, in their order.
select coalesce((
    select sum(c.booked_cents)::bigint from commitment c
    where (l.market_id is null or c.market_id = l.market_id)
      and (l.channel_id is null or c.channel_id = l.channel_id)
      and c.week between coalesce(l.from_week, 1) and coalesce(l.to_week, c.week)), 0)
from unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[]) with ordinality
  l(market_id, channel_id, from_week, to_week, place)
order by l.place
