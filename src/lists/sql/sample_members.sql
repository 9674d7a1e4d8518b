-- A sample's members with their chances, in the list's order
select voter_id, probability, stratum, cluster from list_member
where list_id = $1 and probability is not null order by ordinal
