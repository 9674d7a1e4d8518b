-- A stored result with its call, locked: changes of one result come one by one
select r.lease_id, r.caller_id, r.phonebank_id, r.at, a.number, a.epoch, a.shown_at,
       a.script_version, coalesce($2::timestamptz, clock_timestamp()) as moment,
       p.retry_seconds, p.busy_seconds, p.message_seconds, p.attempts_max,
       exists (select 1 from result_change c where c.change_key = $3) as is_repeat
from call_result r
join line_attempt a on a.lease_id = r.lease_id
join phonebank p on p.phonebank_id = r.phonebank_id
where r.result_key = $1
for update of a, r
