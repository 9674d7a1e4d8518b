-- Lines that wait for their next try wait the new time: of the last call that each had here, by what came of it ($2..$4 are the old seconds: usual, busy, message; $5..$7 the new ones)
with line as (
  select q.number, bool_or(t.last_disposition = 'left_message') as message,
         bool_and(t.last_disposition is not distinct from 'busy') as busy
  from queue_line q
  join call_target t on t.phonebank_id = q.phonebank_id and t.number = q.number
  where q.phonebank_id = $1 and q.state = 'waiting' and not q.promised
  group by q.number
),
waits as (
  select l.number, a.lease_id, a.shown_at,
         greatest(a.until + make_interval(secs => case
           when l.message then greatest($5::int, $7::int) - greatest($2::int, $4::int)
           when l.busy then $6::int - $3::int else $5::int - $2::int end),
           a.shown_at + interval '1 microsecond') as until
  from line l
  cross join lateral (
    select o.lease_id, o.phonebank_id, o.shown_at, upper(o.during) as until
    from line_attempt o
    where o.number = l.number and not isempty(o.during)
    order by o.shown_at desc
    limit 1
  ) a
  where a.phonebank_id = $1
),
ranges as (
  update line_attempt a set during = tstzrange(w.shown_at, w.until)
  from waits w where a.lease_id = w.lease_id
  returning a.number
)
update queue_line q set not_before = w.until
from waits w
where q.phonebank_id = $1 and q.number = w.number and q.state = 'waiting'
