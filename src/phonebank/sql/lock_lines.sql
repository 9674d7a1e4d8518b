-- Lines as they stand, locked in the order in which everybody locks lines
select l.place - 1, q.state, q.epoch, q.lease_id, q.lease_until, q.attempts, q.reason
from unnest($1::bigint[], $2::bigint[]) with ordinality as l(phonebank_id, number, place)
join queue_line q on q.phonebank_id = l.phonebank_id and q.number = l.number
order by q.number, q.phonebank_id
for update of q
