-- Rooms that take callers whose own has no work, and have numbers ready; those that are like the caller's own first
select p.phonebank_id, p.name, coalesce(p.room_state, ''), coalesce(p.room_language, ''),
       coalesce(p.room_team, ''), p.takes_guests
from phonebank p
join phonebank o on o.phonebank_id = $1
where p.phonebank_id <> $1 and p.state = 'open' and p.takes_guests
  and exists (select 1 from queue_line q
              where q.phonebank_id = p.phonebank_id and q.state = 'ready')
order by (p.room_language is not distinct from o.room_language)::int
         + (p.room_state is not distinct from o.room_state)::int
         + (p.room_team is not distinct from o.room_team)::int desc, p.phonebank_id desc
limit $2
