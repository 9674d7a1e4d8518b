-- Prices of a sheet; a price of the same channel, market and week is replaced.
insert into rate (channel_id, market_id, from_week, price_cents, target_share)
select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[], $5::double precision[])
on conflict (channel_id, market_id, from_week) do update
set price_cents = excluded.price_cents, target_share = excluded.target_share
where (rate.price_cents, rate.target_share)
  is distinct from (excluded.price_cents, excluded.target_share)
