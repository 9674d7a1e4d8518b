-- The ids of the elections in the order asked for, before they are there: one that is unknown gets the next free id.
with asked as (
  select d.days, d.kind, min(d.place) as place
  from unnest($2::int[], $3::text[]) with ordinality as d(days, kind, place)
  group by d.days, d.kind
), found as materialized (
  select a.days, a.kind, a.place,
         coalesce(e.election_id,
                  nextval(pg_get_serial_sequence('election', 'election_id'))) as election_id
  from asked a
  left join election e
    on e.state = $1 and e.held_on = date '1970-01-01' + a.days and e.kind = a.kind
)
select f.election_id
from unnest($2::int[], $3::text[]) with ordinality as d(days, kind, place)
join found f using (days, kind)
order by d.place
