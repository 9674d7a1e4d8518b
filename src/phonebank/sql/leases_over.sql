-- Which of these leases are no longer held, or have a number that may not be called any more, or a caller who has hung up in another process
select l.id
from unnest($1::bigint[]) as l(id)
left join line_attempt a on a.lease_id = l.id
left join queue_line q on q.phonebank_id = a.phonebank_id and q.number = a.number
left join dial_order d on d.lease_id = l.id
where q.lease_id is distinct from l.id or q.state <> 'held' or q.reason is not null
   or q.lease_until < coalesce($2::timestamptz, clock_timestamp()) or d.hang_up
order by l.id
