-- Voters who have a number; protected voters are not found by what must not be shown of them.
select v.voter_id, v.last_name, v.first_name, v.middle_name, v.suffix, v.birth_year, v.party,
       v.county, v.city, v.status, v.phone is not null, v.protected
from phone p join voter v on v.bucket = p.bucket and v.voter_id = p.voter_id
where p.number = $1 and not v.protected
order by v.last_name, v.first_name, v.voter_id
limit $2
