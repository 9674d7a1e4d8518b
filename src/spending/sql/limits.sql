-- All limits by name.
select limit_id, name, kind = 'legal', market_id, channel_id, from_week, to_week, floor_cents,
  cap_cents, booked_cents
from spend_limit order by name
