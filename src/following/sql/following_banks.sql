-- The phone banks that follow the segments of their lists, and how far each has taken in those who joined its list
select p.phonebank_id, p.list_id, l.segment_id, p.arm,
       p.followed_to < coalesce((select max(m.joined_at) from list_member m
                                 where m.list_id = l.list_id and m.joined_at is not null), 0)
from phonebank p
join list l on l.list_id = p.list_id
where p.follows and p.state <> 'closed' and l.segment_id is not null
order by p.list_id, p.phonebank_id
