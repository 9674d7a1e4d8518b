-- Who of a list may be called: the treated with a number, in the list's order, a page at a time.
select m.ordinal, m.voter_id, v.phone, v.household_id
from list_member m
join voter v on v.bucket = m.bucket and v.voter_id = m.voter_id
where m.list_id = $1 and m.ordinal > $2 and m.arm = 1 and v.phone is not null
order by m.ordinal limit $3
