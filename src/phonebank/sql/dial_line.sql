-- The line that a caller is about to dial, locked: what ends or bars it waits until the order is written, or is seen here
select coalesce($1::timestamptz, clock_timestamp()), q.phonebank_id, q.number, q.epoch,
       q.lease_until, q.reason, q.zone_set_id, p.state, p.opens_minute, p.closes_minute
from queue_line q
join phonebank p on p.phonebank_id = q.phonebank_id
where q.held_by = $2 and q.lease_id = $3 and q.state = 'held'
for update of q
