-- What is booked by market, channel and week.
select market_id, channel_id, week, sum(booked_cents)::bigint from commitment
group by market_id, channel_id, week having sum(booked_cents) > 0
order by market_id, channel_id, week
