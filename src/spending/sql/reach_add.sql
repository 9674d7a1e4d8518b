-- What part of a contest's voters lives in a market.
insert into market_reach (market_id, contest_id, share)
select * from unnest($1::bigint[], $2::bigint[], $3::double precision[])
