-- Empties the matrix of some contests before a new one is written.
delete from market_reach where contest_id = any ($1::bigint[])
