-- Voters by their numbers
select distinct p.number, p.voter_id from unnest($1::bigint[]) as i(number)
join phone p on p.number = i.number
