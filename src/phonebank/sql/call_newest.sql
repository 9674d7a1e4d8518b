-- How a caller's newest call stands, and whether nobody makes it any more
select d.lease_id, d.caller_id, d.serve_id, d.state, d.outcome,
       coalesce(d.ended_at, d.state_at, d.ordered_at),
       d.ended_at is null and not exists (
         select 1 from dialling_serve s
         where s.serve_id = d.serve_id
           and s.seen_at > coalesce($2::timestamptz, clock_timestamp())
                           - make_interval(secs => $3::int))
from dial_order d
where d.caller_id = $1 and d.serve_id is not null
order by d.lease_id desc
limit 1
