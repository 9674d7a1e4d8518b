-- Limits of a sheet with what is booked under each; those that are there already get its values.
insert into spend_limit
  (name, kind, market_id, channel_id, from_week, to_week, floor_cents, cap_cents, booked_cents)
select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::int[], $6::int[],
                     $7::bigint[], $8::bigint[], $9::bigint[])
on conflict (name) do update
set kind = excluded.kind, market_id = excluded.market_id, channel_id = excluded.channel_id,
  from_week = excluded.from_week, to_week = excluded.to_week, floor_cents = excluded.floor_cents,
  cap_cents = excluded.cap_cents, booked_cents = excluded.booked_cents
