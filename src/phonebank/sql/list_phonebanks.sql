-- All phone banks, the newest first
select p.phonebank_id, p.name, p.list_id, l.name, p.script_id, s.name, p.state, p.retry_seconds,
       p.lease_seconds, p.attempts_max, p.opens_minute, p.closes_minute, p.created_at,
       coalesce(p.country, ''), p.state_hours, p.consent,
       p.busy_seconds, p.message_seconds, p.whole_passes
from phonebank p
join list l on l.list_id = p.list_id
join script s on s.script_id = p.script_id
order by p.phonebank_id desc
limit $1
