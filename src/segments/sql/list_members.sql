-- The members of a list in its order, a page at a time, as the persons that they are now.
select m.ordinal, coalesce(l.voter_id, m.voter_id), m.arm
from list_member m left join link l on l.home_id = m.voter_id
where m.list_id = $1 and m.ordinal > $2 order by m.ordinal limit $3
