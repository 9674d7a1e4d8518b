-- How the call to the number stands that a caller has, and whether nobody makes it any more
select d.lease_id, d.caller_id, d.serve_id, d.state, d.outcome,
       coalesce(d.ended_at, d.state_at, d.ordered_at),
       d.ended_at is null and not exists (
         select 1 from dialling_serve s
         where s.serve_id = d.serve_id
           and s.seen_at > coalesce($2::timestamptz, clock_timestamp())
                           - make_interval(secs => $3::int))
from queue_line q
join dial_order d on d.lease_id = q.lease_id and d.serve_id is not null
where q.held_by = $1 and q.state = 'held'
