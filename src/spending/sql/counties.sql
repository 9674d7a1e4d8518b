-- Which market each county lies in.
select c.fips, m.name from market_county c join market m using (market_id) order by c.fips
