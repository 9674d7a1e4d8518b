-- A set of zones under the next number, unless it is there
insert into zone_set (zone_set_id, zones)
select coalesce(max(zone_set_id), 0) + 1, $1::text[] from zone_set
on conflict (zones) do nothing
