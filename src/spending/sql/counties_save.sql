-- Which market a county lies in.
insert into market_county (fips, market_id)
select * from unnest($1::text[], $2::bigint[])
on conflict (fips) do update set market_id = excluded.market_id
where market_county.market_id <> excluded.market_id
