-- All sets of zones; there are at most a few hundred
select zone_set_id, zones from zone_set order by zone_set_id
