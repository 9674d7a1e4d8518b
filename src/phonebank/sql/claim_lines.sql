-- Leases the best lines of the open zones, one to each caller; the attempts are written with it, and where the database refuses that (shown too soon before) the line waits until it may be
-- (a line found is locked by its place in the table, no index asked again; the update asks by number, since one that was changed meanwhile is locked where it is now)
-- (offset 0 keeps the look at held numbers a probe of their small index, whatever the statistics say, and number > 0 lets it be used)
with asker as (
  select a.person_id, a.place from unnest($3::bigint[]) with ordinality as a(person_id, place)
),
own as ( -- what they have promised themselves
  select distinct on (q.callback_for) q.number, q.ctid as place_in_table, q.callback_for as person_id
  from queue_line q
  where q.callback_for = any($3::bigint[]) and q.phonebank_id = $1 and q.state = 'ready'
    and q.zone_set_id = any($4::smallint[]) and q.not_before <= $2
    and not exists (select 1 from queue_line h
                    where h.number = q.number and h.number > 0 and h.state = 'held' offset 0)
  order by q.callback_for, q.not_before, q.number
),
common as (
  select p.place_in_table, row_number() over (order by p.promised desc, p.priority desc, p.ordinal) as place
  from unnest($4::smallint[]) as z(id)
  cross join lateral (
    select q.number, q.ctid as place_in_table, q.promised, q.priority, q.ordinal
    from queue_line q
    where q.phonebank_id = $1 and q.zone_set_id = z.id and q.state = 'ready' and q.not_before <= $2
      and (q.callback_for is null or q.not_before <= $7)
      and ($8 or q.skipped_by is null or q.skipped_by <> all($3::bigint[]))
      and not exists (select 1 from queue_line h
                      where h.number = q.number and h.number > 0 and h.state = 'held'
                      offset 0)
    order by q.promised desc, q.priority desc, q.ordinal
    limit cardinality($3::bigint[])
  ) p
  where p.number not in (select number from own)
  order by p.promised desc, p.priority desc, p.ordinal
  limit cardinality($3::bigint[])
),
rest as (
  select person_id, row_number() over (order by place) as place
  from asker where person_id not in (select person_id from own)
),
chosen as (
  select place_in_table, person_id from own
  union all
  select c.place_in_table, r.person_id from common c join rest r using (place)
),
picked as (
  select q.number, q.epoch, c.person_id
  from chosen c
  join queue_line q on q.ctid = c.place_in_table
  where q.phonebank_id = $1 and q.state = 'ready'
  for update of q skip locked
),
shown as (
  insert into line_attempt (lease_id, number, phonebank_id, caller_id, epoch, script_version,
                            shown_at, during)
  select nextval('lease_id_seq'), number, $1, person_id, epoch + 1,
         (select s.version from phonebank p join script s on s.script_id = p.script_id
          where p.phonebank_id = $1), $2,
         tstzrange($2, $2::timestamptz + make_interval(secs => $6::int))
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
    held_by = case when s.lease_id is not null then p.person_id end,
    lease_until = case when s.lease_id is not null
                       then $2::timestamptz + make_interval(secs => $5::int) end,
    skipped_by = case when s.lease_id is null then q.skipped_by end
from picked p
left join shown s on s.number = p.number
where q.phonebank_id = $1 and q.number = p.number
returning p.person_id, q.number, q.lease_id, q.epoch, q.lease_until, q.zone_set_id
