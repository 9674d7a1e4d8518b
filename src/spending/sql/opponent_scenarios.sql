-- The names of the opponent's scenarios.
select distinct scenario from opponent_spend order by 1
