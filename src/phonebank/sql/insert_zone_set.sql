-- A set of zones with the rules that bind there under the next number, unless it is there
insert into zone_set (zone_set_id, zones, rules)
select coalesce(max(zone_set_id), 0) + 1, $1::text[], $2::text[] from zone_set
on conflict (zones, rules) do nothing
