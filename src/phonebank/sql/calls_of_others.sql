-- Calls that other processes make: what moved lately, and those of $3 whose process has gone
with alive as materialized (
  select serve_id from dialling_serve
  where seen_at > $4::timestamptz - make_interval(secs => $5::int)
)
select d.lease_id, d.caller_id, d.serve_id, d.state, d.outcome,
       coalesce(d.ended_at, d.state_at, d.ordered_at),
       d.ended_at is null and d.serve_id not in (select serve_id from alive)
from dial_order d
where d.moved_at > $2 and d.serve_id is not null and d.serve_id <> $1
union all
select d.lease_id, d.caller_id, d.serve_id, d.state, d.outcome,
       coalesce(d.ended_at, d.state_at, d.ordered_at),
       true
from unnest($3::bigint[]) as k(lease_id)
join dial_order d on d.lease_id = k.lease_id
where d.ended_at is null and d.serve_id not in (select serve_id from alive)
