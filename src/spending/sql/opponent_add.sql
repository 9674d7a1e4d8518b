-- What the other side is thought to spend.
insert into opponent_spend (scenario, market_id, channel_id, week, cents)
select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::int[], $5::bigint[])
