-- Whose best number is one of these
select v.voter_id, v.phone
from phone h
join voter v on v.bucket = h.bucket and v.voter_id = h.voter_id
where h.number = any($1) and v.phone = h.number
