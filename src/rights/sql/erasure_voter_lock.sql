-- Whoever writes a row for this voter just now ends first; whoever comes later finds nobody.
select 1 from voter where bucket = $1 and voter_id = $2 for update
