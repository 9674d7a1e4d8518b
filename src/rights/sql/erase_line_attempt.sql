-- When a number was shown that nobody has any more, and the calls that were ordered or refused then.
with gone as (
  delete from line_attempt a
  where a.number = any($1::bigint[])
    and not exists (select 1 from phone p where p.number = a.number)
    and not exists (select 1 from queue_line q where q.number = a.number)
  returning a.lease_id
), refused as (
  delete from dial_refusal d using gone g where d.lease_id = g.lease_id
)
delete from dial_order d using gone g where d.lease_id = g.lease_id
