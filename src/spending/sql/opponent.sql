-- What the other side is thought to spend in a scenario.
select market_id, channel_id, week, cents from opponent_spend where scenario = $1
order by market_id, channel_id, week
