-- All sets of zones with their rules; there are at most a few hundred
select zone_set_id, zones, rules from zone_set order by zone_set_id
