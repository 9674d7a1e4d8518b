-- What decides about hours and zones of the lines that a phone bank gets while it runs
select list_id, opens_minute, closes_minute, coalesce(country, ''), state_hours,
       coalesce($2::timestamptz, clock_timestamp())
from phonebank where phonebank_id = $1
