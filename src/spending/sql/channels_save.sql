-- Channels of a sheet; those that are there already get its values.
insert into channel (name, title, kind, minimum_cents)
select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
on conflict (name) do update
set title = excluded.title, kind = excluded.kind, minimum_cents = excluded.minimum_cents
where (channel.title, channel.kind, channel.minimum_cents)
  is distinct from (excluded.title, excluded.kind, excluded.minimum_cents)
