-- A phone bank with the names of its list and script
select p.phonebank_id, p.name, p.list_id, l.name, p.script_id, s.name, p.state, p.retry_seconds,
       p.lease_seconds, p.attempts_max, p.opens_minute, p.closes_minute, p.created_at,
       coalesce(p.country, ''), p.state_hours, p.consent,
       p.busy_seconds, p.message_seconds, p.whole_passes, p.arm, l.arms ->> p.arm, p.follows,
       (select count(*) from list_member m where m.list_id = l.list_id and m.joined_at is not null),
       p.next_at_once
from phonebank p
join list l on l.list_id = p.list_id
join script s on s.script_id = p.script_id
where p.phonebank_id = $1
