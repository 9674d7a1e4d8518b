-- The matrix of markets and contests.
select market_id, contest_id, share from market_reach order by market_id, contest_id
