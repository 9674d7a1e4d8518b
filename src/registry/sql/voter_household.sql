-- Who else lives at the voter's address; protected voters are not named.
select o.voter_id, o.last_name, o.first_name, o.middle_name, o.suffix, o.birth_year
from voter v
join voter o on o.household_id = v.household_id
where v.bucket = $1 and v.voter_id = $2 and o.voter_id <> v.voter_id and not o.protected
order by o.birth_year nulls last, o.first_name, o.voter_id
limit 100
