-- All prices, older ones first.
select channel_id, market_id, from_week, price_cents, target_share from rate
order by channel_id, market_id nulls first, from_week
