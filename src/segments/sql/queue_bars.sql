-- Numbers that no caller may be given at a moment: 0 cooling down, 1 held, 2 a callback that is not due yet
select q.number,
       min(case when q.state = 'held' then 1 when q.promised then 2 else 0 end)::int as bar
from queue_line q
join phonebank p on p.phonebank_id = q.phonebank_id
where p.state <> 'closed'
  and (q.state = 'held' or (q.state = 'waiting' and q.not_before > $1))
group by q.number
