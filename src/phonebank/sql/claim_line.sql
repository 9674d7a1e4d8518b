-- Leases the best line of the open zones to a caller; the attempt is written with it, and if the database refuses that (shown too soon before) the line waits until it may be
-- (offset 0 keeps the look at held numbers a probe of their small index, whatever the statistics say)
with best as (
  select p.zone_set_id
  from unnest($4::smallint[]) as z(id)
  cross join lateral (
    select q.zone_set_id, q.promised, q.priority, q.ordinal
    from queue_line q
    where q.phonebank_id = $1 and q.zone_set_id = z.id and q.state = 'ready' and q.not_before <= $2
      and (q.callback_for is null or q.callback_for = $3 or q.not_before <= $7)
      and ($8 or q.skipped_by is distinct from $3)
      and not exists (select 1 from queue_line h
                      where h.number = q.number and h.state = 'held' offset 0)
    order by q.promised desc, q.priority desc, q.ordinal
    limit 1
  ) p
  order by p.promised desc, p.priority desc, p.ordinal
  limit 1
),
picked as (
  select q.number, q.epoch
  from queue_line q
  where q.phonebank_id = $1 and q.zone_set_id = (select zone_set_id from best)
    and q.state = 'ready' and q.not_before <= $2
    and (q.callback_for is null or q.callback_for = $3 or q.not_before <= $7)
    and ($8 or q.skipped_by is distinct from $3)
    and not exists (select 1 from queue_line h
                      where h.number = q.number and h.state = 'held' offset 0)
  order by q.promised desc, q.priority desc, q.ordinal
  limit 1
  for update of q skip locked
),
shown as (
  insert into line_attempt (lease_id, number, phonebank_id, caller_id, epoch, script_version,
                            shown_at, during)
  select nextval('lease_id_seq'), number, $1, $3, epoch + 1,
         (select s.version from phonebank p join script s on s.script_id = p.script_id
          where p.phonebank_id = $1), $2,
         tstzrange($2, $2::timestamptz + make_interval(secs => $5::int + $6::int))
  from picked
  on conflict on constraint line_attempt_too_soon do nothing
  returning lease_id, number
)
update queue_line q
set state = case when s.lease_id is null then 'waiting' else 'held' end,
    not_before = case when s.lease_id is null then coalesce(
        (select max(upper(a.during)) from line_attempt a
         where a.number = q.number and a.during @> $2::timestamptz),
        $2::timestamptz + interval '30 seconds') else q.not_before end,
    epoch = q.epoch + (s.lease_id is not null)::int,
    attempts = q.attempts + (s.lease_id is not null)::int,
    lease_id = s.lease_id,
    held_by = case when s.lease_id is not null then $3 end,
    lease_until = case when s.lease_id is not null
                       then $2::timestamptz + make_interval(secs => $5::int) end,
    skipped_by = case when s.lease_id is null then q.skipped_by end
from picked p
left join shown s on s.number = p.number
where q.phonebank_id = $1 and q.number = p.number
returning q.number, q.lease_id, q.epoch, q.lease_until, q.zone_set_id
