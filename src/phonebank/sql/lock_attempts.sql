-- The attempts behind leases, locked: results, releases and heartbeats of one lease come one by one
select a.number, a.phonebank_id, a.caller_id, a.epoch, a.shown_at,
       coalesce($2::timestamptz, clock_timestamp()) as at, p.retry_seconds, p.lease_seconds,
       p.attempts_max, a.script_version, p.busy_seconds, p.message_seconds, a.lease_id,
       upper(a.during)
from line_attempt a
join phonebank p on p.phonebank_id = a.phonebank_id
where a.lease_id = any($1::bigint[])
order by a.lease_id
for update of a
