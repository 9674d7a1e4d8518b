-- What contests, markets and channels are called, with their ids.
select 'contest', name, contest_id from contest
union all select 'market', name, market_id from market
union all select 'channel', name, channel_id from channel
