-- Who calls on a phone bank, and whether they hold a line
select s.person_id, p.name, s.joined_at, s.last_seen_at, h.lease_id is not null as on_call,
       s.left_at is not null as has_left, s.resting
from caller_shift s
join person p on p.person_id = s.person_id
left join queue_line h on h.held_by = s.person_id and h.state = 'held'
  and h.phonebank_id = s.phonebank_id
where s.phonebank_id = $1
order by s.last_seen_at desc
limit $2
